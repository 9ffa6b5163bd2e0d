import { type Decider, type Decision, fold } from '@consilium/domain';

/** What happened before, and then the question put to the decider. */
export interface Given<Command, Event, State, Refusal> {
  readonly when: (command: Command) => Decision<Event, Refusal>;
  readonly state: State;
}

/** given(...events).when(command) answers as the decider does; given().when(command) asks one nothing happened to. */
export const scenario =
  <Command, Event, State, Refusal>(
    decider: Decider<Command, Event, State, Refusal>,
  ): ((...events: readonly Event[]) => Given<Command, Event, State, Refusal>) =>
  (...events) => {
    const state = fold(decider, events);
    return { state, when: (command) => decider.decide(command, state) };
  };
