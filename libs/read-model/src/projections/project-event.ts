import { isAnnotatorEvent, isProjectEvent } from '@consilium/contracts';
import type { RowChange } from '../tables/row-change.ts';
import { annotatorView } from './annotator-view.ts';
import { caseEventView } from './case-event-view.ts';
import { caseViews } from './case-views.ts';
import { consensusView } from './consensus-view.ts';
import type { ProjectedEvent } from './projected-event.ts';
import { projectViews } from './project-views.ts';
import { readView } from './read-view.ts';

/** What an event does to all views: pure, so the same log gives the same rows for ever. */
export function projectEvent(projected: ProjectedEvent): readonly RowChange[] {
  const { event } = projected;
  if (isProjectEvent(event)) return projectViews({ ...projected, event });
  if (isAnnotatorEvent(event)) return annotatorView({ ...projected, event });
  const ofCase = { ...projected, event };
  return [...caseViews(ofCase), ...readView(ofCase), ...consensusView(ofCase), ...caseEventView(ofCase)];
}
