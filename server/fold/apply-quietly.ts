import type * as Y from "yjs";

/**
 * Applies updates in one transaction and changes nothing of its own.
 *
 * After a remote change of formats Yjs tidies up formats that say the same twice: a transaction of
 * its own, whose deletes nobody made. Clients may do that and send it; a server that did would
 * show deletes that are in no log, and emit a second update that hides the first. A transaction
 * that says it is local is left alone (yjs 13.6, YText._callObserver).
 */
export function applyQuietly<Result>(doc: Y.Doc, apply: () => Result): Result {
	return doc.transact((transaction) => {
		const result = apply();
		transaction.local = true;
		return result;
	});
}
