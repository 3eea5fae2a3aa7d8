/** lib0's environment in a browser that was told nothing: no Node, no variables, no storage. */

/** This is a page. */
export const isNode = false;

/** Nothing is set. Yjs asks whether it is watched by a developer. */
export const getVariable = (): undefined => undefined;
