/**
 * Who wrote what: Yjs keeps with every letter the client id that put it there. Whose id that is the
 * room tells only of those who are here; of others it is known by the messages and photos that they
 * left under the same id, and by what this device saw while they were here.
 */
import type * as Y from "yjs";
import type { Person } from "../../../shared/awareness.ts";
import { isPersonColor } from "../../../shared/awareness.ts";
import { personColors } from "../../../shared/person-colors.ts";
import { listMessages } from "./left-behind.ts";

/** Letters in a row under one client id. */
export interface Stretch {
	readonly client: number;
	/** In indexes of the Y.Text. */
	readonly index: number;
	readonly length: number;
}

/** Somebody who wrote; `id` is null for all of whom nothing is known. */
export interface Writer {
	readonly id: string | null;
	readonly name: string;
	readonly color: string;
	readonly letters: number;
	readonly stretches: readonly Stretch[];
}

/** The grey of those of whom nothing is known. */
const nobodysColor = "#6b6b6b";

/** What stands in a text, from its beginning, by who put it there. */
export function stretchesOf(text: Y.Text): Stretch[] {
	const stretches: Stretch[] = [];
	let index = 0;
	for (let item = text._start; item !== null; item = item.right) {
		if (item.deleted || !item.countable) continue;
		const { client } = item.id;
		const last = stretches.at(-1);
		if (last?.client === client) {
			stretches[stretches.length - 1] = { ...last, length: last.length + item.length };
		} else stretches.push({ client, index, length: item.length });
		index += item.length;
	}
	return stretches;
}

/** People by the client ids that they wrote under, as the room's content tells. */
export function leftBehind(doc: Y.Doc): Map<number, Person> {
	const people = new Map<number, Person>();
	for (const { client, id, name } of listMessages(doc)) {
		if (id !== "" && name !== "") people.set(client, { id, name, color: colorOf(id) });
	}
	return people;
}

/** Whose words they are, most first; those of whom nothing is known are last. */
export function writersOf(
	stretches: readonly Stretch[],
	people: ReadonlyMap<number, Person>,
	unknownName: string,
): Writer[] {
	const writers = new Map<string | null, Writer & { letters: number; stretches: Stretch[] }>();
	for (const stretch of stretches) {
		const person = people.get(stretch.client);
		const id = person?.id ?? null;
		const known = writers.get(id);
		const writer = known ?? {
			id,
			name: person?.name ?? unknownName,
			color: person === undefined ? nobodysColor : safeColor(person),
			letters: 0,
			stretches: [],
		};
		if (known === undefined) writers.set(id, writer);
		writer.letters += stretch.length;
		writer.stretches.push(stretch);
	}
	return [...writers.values()].sort(
		(left, right) =>
			Number(left.id === null) - Number(right.id === null) || right.letters - left.letters,
	);
}

function safeColor(person: Person): string {
	return isPersonColor(person.color) ? person.color : colorOf(person.id);
}

/** The same colour for the same person, where theirs is not known. */
function colorOf(id: string): string {
	let sum = 0;
	for (const char of id) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 1_000_003;
	return personColors[sum % personColors.length] ?? nobodysColor;
}
