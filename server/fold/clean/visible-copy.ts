/**
 * Copies what is visible of a type: what was deleted is not there, and neither are values that
 * others took the place of. Everything else stays as it is, known to us or not: keys, order, types
 * in types, values of other people's editors.
 */
import { equalityDeep } from "lib0/function";
import * as Y from "yjs";
import type { Content, FreshWriter, Spot } from "./fresh-writer.ts";

/** A type as Yjs holds it. */
type HeldType = Pick<Y.AbstractType<unknown>, "_start" | "_map">;

/** Content in a list, and who put it there. */
export interface Piece {
	readonly client: number;
	readonly content: Content;
}

/** Where a type stands: the name of a root, or the item that brought it. */
type Parent = Spot["parent"];

/** True for a key with that value that is not copied. */
type LeavesOut = (key: string, value: unknown) => boolean;

/** See the head of this file. */
export class VisibleCopy {
	readonly #writer: FreshWriter;
	readonly #freshOf: (client: number) => number;

	/** `freshOf` says under which client id stands what stood under another. */
	constructor(writer: FreshWriter, freshOf: (client: number) => number) {
		this.#writer = writer;
		this.#freshOf = freshOf;
	}

	/** List and keys of a type, but for those that `isLeftOut` names. */
	copyType(type: HeldType, parent: Parent, isLeftOut?: LeavesOut): void {
		this.copyList(piecesOf(type), parent);
		this.copyMap(type, parent, isLeftOut);
	}

	/** The keys of a type, but for those that `isLeftOut` names. */
	copyMap(type: HeldType, parent: Parent, isLeftOut: LeavesOut = () => false): void {
		for (const [key, { deleted, content, id }] of type._map) {
			if (deleted || isLeftOut(key, content.getContent().at(-1))) continue;
			const client = this.#freshOf(id.client);
			// Only the last element of what was set is the value.
			const spot = { parent, left: null, key };
			const put = this.#writer.put(client, content, spot, content.getLength() - 1);
			if (content instanceof Y.ContentType) this.copyType(content.type, put);
		}
	}

	/**
	 * Content in its order. Formats are written where letters begin or cease to have them, and
	 * nowhere else: one around letters that are gone would tell of them, a link its address.
	 * `isLeftOut` names keys of types that stand in the list.
	 */
	copyList(pieces: Iterable<Piece>, parent: Parent, isLeftOut?: LeavesOut): void {
		const wanted = new Map<string, unknown>();
		const run: Run = { parent, left: null, client: 0, formats: new Map() };
		for (const { client, content } of pieces) {
			if (content instanceof Y.ContentFormat) {
				if (content.value === null) wanted.delete(content.key);
				else wanted.set(content.key, content.value);
				continue;
			}
			run.client = this.#freshOf(client);
			this.#format(run, wanted);
			this.#put(run, content);
			if (content instanceof Y.ContentType && run.left !== null) {
				this.copyType(content.type, run.left, isLeftOut);
			}
		}
		this.#format(run, new Map());
	}

	/** Ends and begins formats until those that are wanted hold. */
	#format(run: Run, wanted: ReadonlyMap<string, unknown>): void {
		for (const key of [...run.formats.keys()]) {
			if (wanted.has(key)) continue;
			run.formats.delete(key);
			this.#put(run, formatOf(key, null));
		}
		for (const [key, value] of wanted) {
			if (run.formats.has(key) && equalityDeep(run.formats.get(key), value)) continue;
			run.formats.set(key, value);
			this.#put(run, formatOf(key, value));
		}
	}

	#put(run: Run, content: Content): void {
		const { parent, left } = run;
		run.left = this.#writer.put(run.client, content, { parent, left, key: null });
	}
}

/** A list that is being written. */
interface Run {
	readonly parent: Parent;
	/** The last element so far. */
	left: Y.ID | null;
	/** Who wrote it. */
	client: number;
	/** The formats that hold there. */
	readonly formats: Map<string, unknown>;
}

/** What is visible of a type's list. */
export function* piecesOf(type: HeldType): Generator<Piece, void, undefined> {
	for (let item = type._start; item !== null; item = item.right) {
		if (!item.deleted) yield { client: item.id.client, content: item.content };
	}
}

function formatOf(key: string, value: unknown): Content {
	return new Y.ContentFormat(key, value as object);
}
