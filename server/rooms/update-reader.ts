/**
 * Reads a Yjs update (v1) without a doc: what `readClientsStructRefs` and `readDeleteSet` of
 * yjs 13.6 (src/utils/encoding.js, src/utils/DeleteSet.js) would make of it, to its last byte.
 *
 * Yjs builds items while it reads and may throw after it has changed the doc. This builds plain
 * objects, and throws before anybody has seen the update.
 */
import * as decoding from "lib0/decoding";
import { WeftError } from "../../shared/errors.ts";
import {
	type Budget,
	readAny,
	readDocOptions,
	readJson,
	readOldJson,
	spend,
} from "./guard/values.ts";

/** Names one character or element for ever: who made it, and its number there. */
export interface StructId {
	readonly client: number;
	readonly clock: number;
}

/** A run of consecutive elements of one client. */
export interface ReadStruct {
	readonly kind: "item" | "gc" | "skip";
	readonly clock: number;
	/** Elements it stands for; UTF-16 code units where it is text. At least one. */
	readonly length: number;
	/** What stood left of it when it was inserted; null at the very beginning. */
	readonly origin: StructId | null;
	/** What stood right of it; null at the very end. */
	readonly rightOrigin: StructId | null;
	/** Name of a root type, the item that holds the type, or null: as its neighbours. */
	readonly parent: string | StructId | null;
	/** The key, where the parent is a map. */
	readonly parentSub: string | null;
	/** The text of a text item. */
	readonly text: string | null;
	/** True where it holds a type, which may be the parent of others. */
	readonly isType: boolean;
	/** What kind of content it has: a number of `contentRefs`; 0 where it is no item. */
	readonly ref: number;
	/** What it holds, by kind: see `contentRefs`. */
	readonly value: unknown;
}

/** Kinds of content, as in `contentRefs` of yjs (src/structs/Item.js), and what `value` is then. */
export const contentRefs = {
	/** Only its length is left: null. */
	deleted: 1,
	/** As the first versions of Yjs wrote values: an array of them. */
	json: 2,
	/** Bytes. */
	binary: 3,
	/** Null: see `text`. */
	text: 4,
	/** The value of the embed. */
	embed: 5,
	/** A `ReadFormat`. */
	format: 6,
	/** A number of `typeRefs`. */
	type: 7,
	/** An array of values. */
	any: 8,
	/** Null: a doc within the doc. */
	doc: 9,
} as const;

/** Kinds of types, as in `typeRefs` of yjs (src/structs/ContentType.js). */
export const typeRefs = { array: 0, map: 1, text: 2 } as const;

/** Begins a format, or ends it where the value is null. */
export interface ReadFormat {
	readonly name: string;
	readonly value: unknown;
}

/** All structs of one client in an update, without gaps. */
export interface ClientStructs {
	readonly client: number;
	/** Clock of the first struct. */
	readonly start: number;
	/** Clock after the last struct. */
	readonly end: number;
	readonly structs: readonly ReadStruct[];
}

/** A run of elements that are deleted. */
export interface DeletedRange {
	readonly client: number;
	readonly clock: number;
	readonly length: number;
}

/** What stands in an update. */
export interface ReadUpdate {
	readonly clients: readonly ClientStructs[];
	readonly deletes: readonly DeletedRange[];
}

/**
 * Most structs and values, and most ranges of deletes, of one update: ten times the paper's
 * keystrokes, each on its own. Two bytes each, they could else fill the largest frame with 30
 * million objects.
 */
export const partsMax = 2_500_000;

/**
 * Reads an update to its end. `countMax` bounds its structs with their values, and its deletes.
 *
 * @throws WeftError `refused_update` where it is cut, has bytes left over, names one client twice,
 * holds a value that is nested too deep, a struct of no length, or too many of them
 */
export function readUpdate(update: Uint8Array, countMax = partsMax): ReadUpdate {
	const decoder = decoding.createDecoder(update);
	try {
		const clients = readClients(decoder, countMax);
		const deletes = readDeletes(decoder, countMax);
		if (decoding.hasContent(decoder)) refuse("bytes left over");
		return { clients, deletes };
	} catch (error) {
		if (error instanceof WeftError) throw error;
		throw new WeftError("refused_update", "not a Yjs update", { cause: error });
	}
}

/** Finds what an update brings of a client. Most bring something of one: no map is made for it. */
export function finderOf(
	clients: readonly ClientStructs[],
): (client: number) => ClientStructs | undefined {
	const [only] = clients;
	if (clients.length <= 1) return (client) => (only?.client === client ? only : undefined);
	const blocks = new Map(clients.map((block) => [block.client, block]));
	return (client) => blocks.get(client);
}

/** The struct in which the element with that clock lies; null where the update has none. */
export function structAt(block: ClientStructs | undefined, clock: number): ReadStruct | null {
	if (block === undefined) return null;
	let low = 0;
	let high = block.structs.length - 1;
	while (low <= high) {
		const middle = (low + high) >> 1;
		const struct = block.structs[middle];
		if (struct === undefined || clock < struct.clock) high = middle - 1;
		else if (clock >= struct.clock + struct.length) low = middle + 1;
		else return struct;
	}
	return null;
}

function refuse(detail: string): never {
	throw new WeftError("refused_update", detail);
}

function readClients(decoder: decoding.Decoder, countMax: number): ClientStructs[] {
	const clientCount = decoding.readVarUint(decoder);
	if (clientCount > countMax) refuse("too many clients");
	const clients: ClientStructs[] = [];
	const seen = new Set<number>();
	const budget: Budget = { left: countMax };
	for (let clientIndex = 0; clientIndex < clientCount; clientIndex++) {
		const structs = readStructsOfClient(decoder, budget);
		if (seen.has(structs.client)) refuse("a client stands twice");
		seen.add(structs.client);
		clients.push(structs);
	}
	return clients;
}

function readStructsOfClient(decoder: decoding.Decoder, budget: Budget): ClientStructs {
	const structCount = decoding.readVarUint(decoder);
	spend(budget, structCount);
	const client = decoding.readVarUint(decoder);
	const start = decoding.readVarUint(decoder);
	const structs: ReadStruct[] = [];
	let clock = start;
	for (let structIndex = 0; structIndex < structCount; structIndex++) {
		const struct = readStruct(decoder, clock, budget);
		if (struct.length === 0) refuse("a struct of no length");
		clock += struct.length;
		if (!Number.isSafeInteger(clock)) refuse("a clock beyond all numbers");
		structs.push(struct);
	}
	return { client, start, end: clock, structs };
}

/** Bits of the first byte of a struct: see Item.write in yjs. */
const infoBits = { content: 0b0001_1111, sub: 0b0010_0000, right: 0b0100_0000, left: 0b1000_0000 };

/** Reads the struct at which the decoder stands; throws as `readUpdate` does, or as lib0. */
export function readStruct(decoder: decoding.Decoder, clock: number, budget: Budget): ReadStruct {
	const info = decoding.readUint8(decoder);
	const contentRef = info & infoBits.content;
	if (contentRef === 0 || contentRef === 10) {
		const kind = contentRef === 0 ? "gc" : "skip";
		return { ...placeless, kind, clock, length: decoding.readVarUint(decoder) };
	}
	const origin = (info & infoBits.left) === 0 ? null : readId(decoder);
	const rightOrigin = (info & infoBits.right) === 0 ? null : readId(decoder);
	const hasParent = origin === null && rightOrigin === null;
	const parent = hasParent ? readParent(decoder) : null;
	const hasSub = hasParent && (info & infoBits.sub) !== 0;
	const parentSub = hasSub ? decoding.readVarString(decoder) : null;
	const { length, text, value } = readContent(decoder, contentRef, budget);
	return {
		kind: "item",
		clock,
		length,
		origin,
		rightOrigin,
		parent,
		parentSub,
		text,
		isType: contentRef === contentRefs.type,
		ref: contentRef,
		value,
	};
}

const placeless = {
	...{ origin: null, rightOrigin: null, parent: null, parentSub: null },
	...{ text: null, isType: false, ref: 0, value: null },
};

function readId(decoder: decoding.Decoder): StructId {
	const client = decoding.readVarUint(decoder);
	return { client, clock: decoding.readVarUint(decoder) };
}

function readParent(decoder: decoding.Decoder): string | StructId {
	const isRoot = decoding.readVarUint(decoder) === 1;
	return isRoot ? decoding.readVarString(decoder) : readId(decoder);
}

interface ReadContent {
	readonly length: number;
	readonly text: string | null;
	readonly value: unknown;
}

function readContent(decoder: decoding.Decoder, contentRef: number, budget: Budget): ReadContent {
	switch (contentRef) {
		case contentRefs.deleted:
			return { length: decoding.readVarUint(decoder), text: null, value: null };
		case contentRefs.json:
			return readMany(decoder, readOldJson, budget);
		case contentRefs.binary:
			return one(decoding.readVarUint8Array(decoder));
		case contentRefs.text: {
			const text = decoding.readVarString(decoder);
			return { length: text.length, text, value: null };
		}
		case contentRefs.embed:
			return one(readJson(decoder, budget));
		case contentRefs.format:
			return one({ name: decoding.readVarString(decoder), value: readJson(decoder, budget) });
		case contentRefs.type:
			return one(readType(decoder));
		case contentRefs.any:
			return readMany(decoder, readAny, budget);
		case contentRefs.doc:
			decoding.readVarString(decoder);
			readDocOptions(decoder, budget);
			return one(null);
		default:
			return refuse(`content of kind ${contentRef}`);
	}
}

function one(value: unknown): ReadContent {
	return { length: 1, text: null, value };
}

/** Highest number of `typeRefs` in yjs (src/structs/ContentType.js). */
const typeRefMax = 6;
/** YXmlElement and YXmlHook carry a name. */
const namedTypeRefs = [3, 5];

function readType(decoder: decoding.Decoder): number {
	const typeRef = decoding.readVarUint(decoder);
	if (typeRef > typeRefMax) refuse(`type of kind ${typeRef}`);
	if (namedTypeRefs.includes(typeRef)) decoding.readVarString(decoder);
	return typeRef;
}

type ReadValue = (decoder: decoding.Decoder, budget: Budget) => unknown;

function readMany(decoder: decoding.Decoder, read: ReadValue, budget: Budget): ReadContent {
	const length = decoding.readVarUint(decoder);
	const value: unknown[] = [];
	for (let valueIndex = 0; valueIndex < length; valueIndex++) value.push(read(decoder, budget));
	return { length, text: null, value };
}

function readDeletes(decoder: decoding.Decoder, countMax: number): DeletedRange[] {
	const deletes: DeletedRange[] = [];
	const clientCount = decoding.readVarUint(decoder);
	for (let clientIndex = 0; clientIndex < clientCount; clientIndex++) {
		const client = decoding.readVarUint(decoder);
		const rangeCount = decoding.readVarUint(decoder);
		if (deletes.length + rangeCount > countMax) refuse("too many deletes");
		for (let rangeIndex = 0; rangeIndex < rangeCount; rangeIndex++) {
			const clock = decoding.readVarUint(decoder);
			const length = decoding.readVarUint(decoder);
			// No Yjs writes one; and where it keeps one for later, it throws.
			if (length === 0) refuse("deletes nothing");
			deletes.push({ client, clock, length });
		}
	}
	return deletes;
}
