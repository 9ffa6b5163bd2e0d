/** A matrix of numbers, row by row; all 0 at first. Rows and columns count from 0, and asking outside gives 0. */
export class Grid {
  readonly rows: number;
  readonly columns: number;
  readonly cells: Float64Array;

  constructor(rows: number, columns: number) {
    this.rows = rows;
    this.columns = columns;
    this.cells = new Float64Array(rows * columns);
  }

  at(row: number, column: number): number {
    return this.cells[row * this.columns + column] ?? 0;
  }

  set(row: number, column: number, value: number): void {
    this.cells[row * this.columns + column] = value;
  }

  add(row: number, column: number, value: number): void {
    this.cells[row * this.columns + column] = this.at(row, column) + value;
  }

  row(row: number): Float64Array {
    return this.cells.subarray(row * this.columns, (row + 1) * this.columns);
  }

  sum(): number {
    return sumOf(this.cells);
  }
}

/** A square matrix of what the function says of row and column. */
export function gridOf(size: number, cell: (row: number, column: number) => number): Grid {
  const grid = new Grid(size, size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) grid.set(row, column, cell(row, column));
  }
  return grid;
}

export function sumOf(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
