/** lib0's logging without colours: Yjs has three sentences to say, all of them warnings. */

/** Says it. */
export function print(...words: readonly unknown[]): void {
	console.warn(...words);
}

/** Says it. */
export function warn(...words: readonly unknown[]): void {
	console.warn(...words);
}

// What words look like elsewhere.
/** No style. */
export const ORANGE = "";
/** No style. */
export const BOLD = "";
/** No style. */
export const UNBOLD = "";
/** No style. */
export const RED = "";
