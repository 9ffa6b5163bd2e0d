import { type DomainEvent, isAnnotatorEvent, isCaseEvent, isProjectEvent } from '@consilium/contracts';
import type { RowChange } from '../tables/row-change.ts';
import { alertView } from './alert-view.ts';
import { annotatorView } from './annotator-view.ts';
import { assignmentView } from './assignment-view.ts';
import { caseEventView } from './case-event-view.ts';
import { caseViews } from './case-views.ts';
import { adjudicationView } from './adjudication-view.ts';
import { caseVersions } from './case-versions.ts';
import { goldView } from './gold-view.ts';
import { consensusView } from './consensus-view.ts';
import { annotatorStanding, memberVersion } from './people-versions.ts';
import type { ProjectedEvent } from './projected-event.ts';
import { annotatorVersion, projectVersion } from './project-versions.ts';
import { queueViews } from './queue-views.ts';
import { projectViews } from './project-views.ts';
import { scoreView } from './score-view.ts';
import { sentenceViews } from './sentence-views.ts';
import { reviewView } from './review-view.ts';
import { readView } from './read-view.ts';
import { threadView } from './thread-view.ts';

/** What an event does to all views: pure, so the same log gives the same rows for ever. */
export function projectEvent(projected: ProjectedEvent): readonly RowChange[] {
  if (isOf(projected, isProjectEvent)) {
    return [...projectViews(projected), ...projectVersion(projected), ...memberVersion(projected)];
  }
  if (isOf(projected, isAnnotatorEvent)) {
    return [
      ...annotatorView(projected),
      ...annotatorVersion(projected),
      ...annotatorStanding(projected),
      ...alertView(projected),
    ];
  }
  if (!isOf(projected, isCaseEvent)) return [];
  return [
    ...caseViews(projected),
    ...readView(projected),
    ...consensusView(projected),
    ...adjudicationView(projected),
    ...caseEventView(projected),
    ...caseVersions(projected),
    ...queueViews(projected),
    ...sentenceViews(projected),
    ...goldView(projected),
    ...scoreView(projected),
    ...reviewView(projected),
    ...threadView(projected),
    ...assignmentView(projected),
  ];
}

const isOf = <Event extends DomainEvent>(
  projected: ProjectedEvent,
  test: (event: DomainEvent) => event is Event,
): projected is ProjectedEvent<Event> => test(projected.event);
