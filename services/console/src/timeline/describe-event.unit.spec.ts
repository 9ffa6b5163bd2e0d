import { describe, expect, it } from '@jest/globals';
import { describeActor, describeDetail, describeEvent, kindOfEvent } from './describe-event.ts';

describe('an event', () => {
  it('is told in words, also one of a type that came later', () => {
    expect(describeEvent('annotationSubmitted')).toBe('Annotation submitted');
    expect(describeEvent('somethingNewHappened')).toBe('Something new happened');
    expect(kindOfEvent('somethingNewHappened')).toBe('plain');
  });

  it('names the role of who did it', () => {
    expect(describeActor('annotator')).toBe('by an annotator');
    expect(describeActor('lead')).toBe('by a lead');
    expect(describeActor('system')).toBe('by the system');
  });

  it.each([
    ['{"reason":"outsideMyField","note":"see the CT of May"}', 'reason outside my field, note see the CT of May'],
    ['{"consensusId":"c5097041-44b4-51c2-a795-fd277d34768c"}', undefined],
    ['{"readIds":["a","b"]}', undefined],
    ['{"revision":1}', 'revision 1'],
    ['OUTSIDE_MY_FIELD', 'outside my field'],
    ['free words', 'free words'],
    ['', undefined],
    [null, undefined],
  ])('has the detail %j as %j', (detail, words) => {
    expect(describeDetail(detail)).toBe(words);
  });
});
