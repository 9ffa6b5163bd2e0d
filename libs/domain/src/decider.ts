/** A refusal is an expected answer, not a fault: it is returned, typed, and shown to the caller. */
export type Decision<Event, Refusal> =
  { readonly ok: true; readonly events: readonly Event[] } | { readonly ok: false; readonly refusal: Refusal };

/**
 * The whole behaviour of one aggregate. `decide` may refuse; `evolve` never decides and never fails on a history that
 * `decide` could have written. Neither reads a clock, a random source or anything else outside its arguments.
 */
export interface Decider<Command, Event, State, Refusal> {
  readonly initial: State;
  readonly decide: (command: Command, state: State) => Decision<Event, Refusal>;
  readonly evolve: (state: State, event: Event) => State;
}

export const accept = <Event>(...events: readonly Event[]): Decision<Event, never> => ({ ok: true, events });

export const refuse = <Refusal>(refusal: Refusal): Decision<never, Refusal> => ({ ok: false, refusal });

/** The state after `events`, from the decider's initial state. */
export const fold = <Command, Event, State, Refusal>(
  decider: Decider<Command, Event, State, Refusal>,
  events: readonly Event[],
): State => events.reduce(decider.evolve, decider.initial);
