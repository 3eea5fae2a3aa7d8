/** A text field and a Y.Text as one: which edit was made, and where the caret goes. */

/** At `index`, `removed` code units went and `inserted` came. */
export interface FieldEdit {
	readonly index: number;
	readonly removed: number;
	readonly inserted: string;
}

/** One step of a Y.Text event's delta. */
export interface DeltaStep {
	readonly retain?: number;
	readonly delete?: number;
	readonly insert?: unknown;
}

/**
 * The smallest edit that leads from one text to the other; null where they are the same.
 *
 * `caret` is where the field's caret stands after the edit: of "aaa" it alone tells which one is
 * new. The edit never begins or ends inside a surrogate pair: Yjs 13 would then diverge for good.
 */
export function editBetween(before: string, after: string, caret: number): FieldEdit | null {
	if (before === after) return null;
	const shorter = Math.min(before.length, after.length);
	const tailMax = Math.min(shorter, Math.max(0, after.length - caret));
	let tail = 0;
	while (tail < tailMax && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
	let head = 0;
	while (head < shorter - tail && before[head] === after[head]) head++;
	while (splitsPair(before, head) || splitsPair(after, head)) head--;
	while (splitsPair(before, before.length - tail) || splitsPair(after, after.length - tail)) tail--;
	return {
		index: head,
		removed: before.length - tail - head,
		// UTF-8 has no room for a half of a character: docs would differ.
		inserted: after.slice(head, after.length - tail).replace(/\p{Surrogate}/gu, "\ufffd"),
	};
}

function splitsPair(text: string, index: number): boolean {
	return (
		/[\ud800-\udbff]/.test(text.charAt(index - 1)) && /[\udc00-\udfff]/.test(text.charAt(index))
	);
}

/** Where a position is after somebody else's edit; text put right there comes behind it. */
export function movePosition(position: number, delta: readonly DeltaStep[]): number {
	let index = 0;
	let moved = position;
	for (const step of delta) {
		if (index >= moved) break;
		if (step.retain !== undefined) index += step.retain;
		else if (step.delete !== undefined) moved = Math.max(index, moved - step.delete);
		else {
			const length = typeof step.insert === "string" ? step.insert.length : 1;
			moved += length;
			index += length;
		}
	}
	return moved;
}
