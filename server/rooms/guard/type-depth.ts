/**
 * How deep types may stand in types. Yjs deletes a type by recursion, and whoever shows it walks it
 * so: a tower of 20,000 maps, a hundred kilobytes, ends in a stack overflow in every client.
 */
import * as Y from "yjs";
import { WeftError } from "../../../shared/errors.ts";
import {
	type ClientStructs,
	finderOf,
	type ReadStruct,
	type ReadUpdate,
	type StructId,
	structAt,
} from "../update-reader.ts";

/** Deepest nesting of types: lists in tables in quotes, and room to spare. */
const typeDepthMax = 100;

/**
 * Refuses updates that bring a type which stands too deep. All that they refer to must be held or
 * in the update.
 *
 * @throws WeftError `refused_update`
 */
export function refuseDeepTypes(update: ReadUpdate, doc: Y.Doc): void {
	const bringsType = ({ structs }: ClientStructs) => structs.some(({ isType }) => isType);
	if (!update.clients.some(bringsType)) return;
	const depths = new Depths(update, doc);
	for (const { structs } of update.clients) {
		for (const struct of structs) {
			if (!struct.isType || depths.of(struct) < typeDepthMax) continue;
			throw new WeftError("refused_update", "types nested too deep");
		}
	}
}

/** In how many types a struct stands that an update brings; 0 right under a root. */
class Depths {
	readonly #doc: Y.Doc;
	readonly #find: (client: number) => ClientStructs | undefined;
	readonly #known = new Map<ReadStruct, number>();

	constructor(update: ReadUpdate, doc: Y.Doc) {
		this.#doc = doc;
		this.#find = finderOf(update.clients);
	}

	/** Looks at each struct once, however often it is asked; without recursion. */
	of(struct: ReadStruct): number {
		const path: ReadStruct[] = [];
		let depth = 0;
		for (let at: ReadStruct | null = struct; at !== null; ) {
			const known = this.#known.get(at);
			if (known !== undefined) {
				depth = known;
				break;
			}
			path.push(at);
			const id: StructId | null = reference(at);
			at = id && this.#brought(id);
			if (at === null) depth = id === null ? -1 : this.#heldDepth(id);
		}
		for (const passed of path.reverse()) {
			depth += stepOf(passed);
			this.#known.set(passed, depth);
		}
		return depth;
	}

	#brought({ client, clock }: StructId): ReadStruct | null {
		if (clock < Y.getState(this.#doc.store, client)) return null;
		return structAt(this.#find(client), clock);
	}

	#heldDepth({ client, clock }: StructId): number {
		const structs = this.#doc.store.clients.get(client) ?? [];
		let held: Y.Item | Y.GC | null = structs[Y.findIndexSS(structs, clock)] ?? null;
		let depth = 0;
		while (held instanceof Y.Item && held.parent instanceof Y.AbstractType) {
			held = held.parent._item;
			if (held !== null) depth++;
		}
		return depth;
	}
}

/** What tells where a struct stands: a neighbour stands in the same type, a parent holds it. */
function reference({ origin, rightOrigin, parent }: ReadStruct): StructId | null {
	return origin ?? rightOrigin ?? (typeof parent === "string" ? null : parent);
}

/** How much deeper a struct stands than what it refers to. */
function stepOf({ origin, rightOrigin }: ReadStruct): number {
	return origin === null && rightOrigin === null ? 1 : 0;
}
