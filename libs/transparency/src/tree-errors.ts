/** A question that no tree of this size answers: an index outside it, or sizes the wrong way round. */
export class OutsideTree extends Error {
  override readonly name = 'OutsideTree';
}

/** A tile has fewer hashes than the tree has there, or too many: the store has lost or changed something. */
export class BrokenTile extends Error {
  override readonly name = 'BrokenTile';
}
