import type { ViewKey, ViewName, ViewRow } from './view-tables.ts';

/** The names of the numeric columns of a table. */
type Counter<Name extends ViewName> = {
  [Column in keyof ViewRow<Name>]: ViewRow<Name>[Column] extends number ? Column : never;
}[keyof ViewRow<Name>];

/**
 * What an event does to one row: writes it whole, sets some columns of a row that is there, or adds to some of its
 * numbers. Applied in the order of the events.
 */
export type ChangeOf<Name extends ViewName> =
  | { readonly kind: 'put'; readonly table: Name; readonly row: ViewRow<Name> }
  | {
      readonly kind: 'patch';
      readonly table: Name;
      readonly key: ViewKey<Name>;
      readonly values: Partial<ViewRow<Name>>;
    }
  | {
      readonly kind: 'add';
      readonly table: Name;
      readonly key: ViewKey<Name>;
      readonly values: Partial<Record<Counter<Name>, number>>;
    };

export type RowChange = { [Name in ViewName]: ChangeOf<Name> }[ViewName];
