/** Clients that are wrong where no server can tell it from honest work. */
import type * as Y from "yjs";
import type { PersonParts } from "../../scripts/converge/person/person.ts";
import { ReferencePerson } from "../../scripts/converge/person/reference.ts";
import type { Planted } from "../../scripts/converge/self-test.ts";
import { replace } from "./wrap.ts";

/** Takes an item out and puts it in again to lay it elsewhere: two who do so double it. */
export function reordersByPuttingInAgain(): Planted {
	return { makePerson: restacking };
}

function restacking(parts: PersonParts): ReferencePerson {
	const person = new ReferencePerson(parts);
	return replace(person, {
		edit: (change) =>
			person.edit((doc) => {
				const board = doc.getArray<Y.Map<unknown>>("strokes");
				const before = board.map((item) => item.get("z"));
				change(doc);
				for (let index = board.length - 1; index >= 0; index--) {
					const item = board.get(index);
					if (index < before.length && item.get("z") === before[index]) continue;
					if (board.length === before.length) putInAgain(board, index);
				}
			}),
	});
}

function putInAgain(board: Y.Array<Y.Map<unknown>>, index: number): void {
	const copy = board.get(index).clone();
	copy.delete("z");
	board.delete(index);
	board.push([copy]);
}
