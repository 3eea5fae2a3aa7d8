/** What may be written at a place of a guarded room, and by whom. See `places.ts`. */
import * as Y from "yjs";
import { WeftError } from "../../../shared/errors.ts";
import { anyone, parsePhotoId, parseUserId, type UserId } from "../../../shared/ids.ts";
import type { Act, Rights } from "../../../shared/roles.ts";
import { contentRefs, type ReadFormat, type ReadStruct, typeRefs } from "../update-reader.ts";
import type { Spot } from "./places.ts";
import {
	isChatEntry,
	isEmbed,
	isEntryValue,
	isFormat,
	isItemValue,
	isMetaValue,
	isPlainItem,
	isPoint,
} from "./schema.ts";

/** Counts the client ids that somebody brings into rooms. */
export interface Claimer {
	/** True where they may bring so many more, which count then. */
	mayClaim(count: number): boolean;
}

/** Who sent an update. */
export interface Author {
	readonly userId: UserId;
	/** What they are called for good; null for who may change it, or whose host may. */
	readonly accountName: string | null;
	readonly rights: Rights;
	/** Ids that they went by before they signed in. */
	readonly formerIds: readonly UserId[];
	/** Null for who may bring as many client ids as they like. */
	readonly claimer: Claimer | null;
}

/** By what something is judged. */
export interface Rules {
	readonly doc: Y.Doc;
	readonly author: Author;
	readonly isHealing: boolean;
}

/**
 * Lets in what a struct brings to a place.
 *
 * @throws WeftError `not_allowed`, `refused_update`, `bad_item`
 */
export function admitStruct(struct: ReadStruct, spot: Spot, rules: Rules): void {
	needWrite(spot, rules);
	const { place, key } = spot;
	switch (place) {
		case "text":
			admitText(struct, key);
			break;
		case "chat":
			admitMessages(struct, key, rules);
			break;
		case "board":
			admitItem(struct, key);
			break;
		case "item":
		case "points":
		case "point":
			admitItemPart(struct, spot);
			break;
		case "words":
			if (key !== null || !isLetters(struct)) refuse("no letters of an item");
			break;
		case "photos":
			if (struct.ref !== contentRefs.deleted) needType(struct, typeRefs.map);
			break;
		case "entry":
			admitFact(struct, key, rules);
			break;
		case "caption":
			if (key !== null || !isLetters(struct)) refuse("no caption");
			break;
		case "meta":
			admitMeta(struct, key);
			break;
		case "gone":
			break;
		case "strange":
			refuse("outside the schema");
	}
}

/** Lets in that something is deleted. @throws WeftError `not_allowed`, `refused_update` */
export function admitDelete(spot: Spot, rules: Rules): void {
	if (spot.place === "chat") refuse("the chat only grows");
	if (spot.place === "strange") refuse("outside the schema");
	needWrite(spot, rules);
}

/** Whether an author may write at a place: may put something there, and take it away. */
function needWrite(spot: Spot, rules: Rules): void {
	const { place, key } = spot;
	switch (place) {
		case "text":
			need("document", rules);
			break;
		case "chat":
			need("chat", rules);
			break;
		case "board":
		case "item":
		case "points":
		case "point":
		case "words":
			need("board", rules);
			break;
		case "photos":
			needPhoto(key, rules);
			break;
		case "entry":
			needFact(spot, rules);
			break;
		case "caption":
			need("captions", rules);
			break;
		case "meta":
			// Whoever writes first in a new room says its schema.
			if (key !== "schema") need("title", rules);
			break;
		case "gone":
		case "strange":
			break;
	}
}

function isLetters({ ref }: ReadStruct): boolean {
	return ref === contentRefs.text || ref === contentRefs.deleted;
}

function admitText(struct: ReadStruct, key: string | null): void {
	if (key !== null) refuse("a key in the text");
	if (isLetters(struct)) return;
	if (struct.ref === contentRefs.format) {
		const { name, value } = struct.value as ReadFormat;
		if (!isFormat(name, value)) refuse("no such format");
	} else if (struct.ref !== contentRefs.embed || !isEmbed(struct.value)) {
		refuse("no such content in the text");
	}
}

function admitMessages(struct: ReadStruct, key: string | null, rules: Rules): void {
	if (key !== null) refuse("a key in the chat");
	if (struct.rightOrigin !== null) refuse("the chat grows at its end");
	for (const value of valuesOf(struct)) {
		if (!isChatEntry(value)) refuse("no message");
		if (!isOwn(value["by"], rules)) refuse("somebody else's message");
		if (!isUnderOwnName(value, rules)) refuse("somebody else's name");
	}
}

function admitItem(struct: ReadStruct, key: string | null): void {
	if (key !== null) refuse("a key on the board");
	if (struct.ref === contentRefs.deleted) return;
	if (struct.ref === contentRefs.type) needType(struct, typeRefs.map);
	else if (!valuesOf(struct).every(isPlainItem)) refuse("no item");
}

/** Keys of an item under which a type stands: a stock client's points, and letters. */
const itemTypes: ReadonlyMap<string, number> = new Map([
	["points", typeRefs.array],
	["t", typeRefs.text],
]);

function admitItemPart(struct: ReadStruct, { place, key }: Spot): void {
	if (struct.ref === contentRefs.deleted) return;
	if (place !== "item") {
		if (place === "points" && key !== null) refuse("a key in a list of points");
		const isType = struct.ref === contentRefs.type;
		if (isType ? place === "point" || !isPointType(struct) : !arePoints(struct)) refuse("no point");
		return;
	}
	if (key === null) refuse("no key in an item");
	const typeRef = struct.ref === contentRefs.type ? itemTypes.get(key) : undefined;
	if (typeRef !== undefined) needType(struct, typeRef);
	else if (!valuesOf(struct).every((value) => isItemValue(key, value)))
		refuse("no part of an item");
}

/** A point may be a list of its own, or a map. */
function isPointType({ value }: ReadStruct): boolean {
	return value === typeRefs.array || value === typeRefs.map;
}

function arePoints(struct: ReadStruct): boolean {
	return valuesOf(struct).every(isPoint);
}

function admitFact(struct: ReadStruct, key: string | null, rules: Rules): void {
	if (key === null) refuse("no key in a photo's entry");
	if (struct.ref === contentRefs.deleted) return;
	if (struct.ref === contentRefs.type) {
		if (key !== "caption") refuse("a type in a photo's entry");
		needType(struct, typeRefs.text);
		return;
	}
	for (const value of valuesOf(struct)) {
		if (!isEntryValue(key, value)) refuse("no such fact of a photo");
		if (!isOwn(saidBy(key, value), rules)) refuse("somebody else's photo");
	}
}

/** Whose id a fact of a photo tells; undefined where it tells none. */
function saidBy(key: string, value: unknown): unknown {
	if (key === "by") return value;
	const isGone = key === "gone" && typeof value === "object" && value !== null;
	return isGone ? Reflect.get(value, "by") : undefined;
}

function admitMeta(struct: ReadStruct, key: string | null): void {
	if (key === null) refuse("no key about the room");
	if (struct.ref === contentRefs.deleted) return;
	if (!valuesOf(struct).every((value) => isMetaValue(key, value))) refuse("no such title");
}

/** A photo's entry as a whole: its owner's, or a moderator's. A new one is its sender's. */
function needPhoto(key: string | null, rules: Rules): void {
	need("photos", rules);
	if (key === null || parsePhotoId(key) === null) refuse("no photo's id");
	const item = rules.doc.share.get("photos")?._map.get(key);
	if (item === undefined || item.deleted) return;
	const held: unknown = item.content.getContent()[0];
	if (!ownsEntry(held, rules)) need("moderate", rules);
}

/** A fact of a photo: its owner's or a moderator's, but for what all who write share. */
function needFact({ key, holder }: Spot, rules: Rules): void {
	if (key === "gone") {
		need("hide", rules);
		return;
	}
	need("photos", rules);
	if (holder instanceof Y.AbstractType && !ownsEntry(holder, rules)) need("moderate", rules);
}

/** A stranger's entry that names nobody is everybody's. */
function ownsEntry(entry: unknown, rules: Rules): boolean {
	return !(entry instanceof Y.Map) || isOwn(entry.get("by"), rules);
}

function need(act: Act, { author }: Rules): void {
	if (!author.rights[act]) throw new WeftError("not_allowed", act);
}

/**
 * Whether an author may say that something is by `by`. Who has not heard from the server yet who
 * they are is "anyone"; stock clients without a sign of who they are give themselves any name, but
 * nobody's id.
 */
function isOwn(by: unknown, { author, isHealing }: Rules): boolean {
	if (by === author.userId || by === anyone || isHealing) return true;
	if (by === undefined || by === null || by === "") return true;
	if (typeof by !== "string") return false;
	if (author.userId === anyone) return parseUserId(by) === null;
	return author.formerIds.some((id) => id === by);
}

/**
 * Whether who has an account speaks under its name where they speak by its id: the app puts a mark
 * behind that. Guests change their names, and hosts those of their people, while messages wait on
 * devices: what these say of themselves is not checked.
 */
function isUnderOwnName(
	{ by, name }: Readonly<Record<string, unknown>>,
	{ author, isHealing }: Rules,
): boolean {
	const { userId, accountName } = author;
	if (accountName === null || by !== userId || isHealing) return true;
	return name === accountName || name === undefined || name === null || name === "";
}

function needType({ ref, value }: ReadStruct, typeRef: number): void {
	if (ref !== contentRefs.type || value !== typeRef) refuse("another type than the schema's");
}

/** The values that a struct brings. @throws WeftError `refused_update` where it brings others */
function valuesOf({ ref, value }: ReadStruct): readonly unknown[] {
	if (ref === contentRefs.any || ref === contentRefs.json) return value as readonly unknown[];
	return ref === contentRefs.binary ? [value] : refuse("no such content here");
}

function refuse(detail: string): never {
	throw new WeftError("refused_update", detail);
}
