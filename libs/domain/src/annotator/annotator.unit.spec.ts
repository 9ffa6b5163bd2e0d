import { describe, expect, it } from '@jest/globals';
import { annotatorId, personId, projectId, scenario } from '@consilium/testing';
import { annotator, type AnnotatorCommand, type AnnotatorEvent } from './annotator.ts';

const given = scenario(annotator);
const register: AnnotatorCommand = {
  type: 'registerAnnotator',
  annotatorId: annotatorId(1),
  projectId: projectId(1),
  personId: personId(1),
};
const registered: AnnotatorEvent = { ...register, type: 'annotatorRegistered' };

describe('an annotator', () => {
  it('is registered', () => {
    expect(given().when(register)).toEqual({ ok: true, events: [registered] });
    expect(given(registered).state).toEqual({
      status: 'registered',
      projectId: projectId(1),
      personId: personId(1),
    });
  });

  it('is registered once: a repeat changes nothing', () => {
    expect(given(registered).when(register)).toEqual({ ok: true, events: [] });
  });
});
