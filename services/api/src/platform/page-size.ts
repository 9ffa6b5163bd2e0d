import { queryError } from './query-errors.ts';

/** Items that one page has at most. */
export const longestPage = 100;

/** @throws GraphQLError BAD_USER_INPUT */
export function pageSize(first: number | null | undefined): number {
  const size = first ?? 50;
  if (size < 1 || size > longestPage) throw queryError('BAD_USER_INPUT', `\`first\` is from 1 to ${longestPage}.`);
  return size;
}
