/** Who is here, one entry a person however many tabs they have. */
import type { Person, PresenceState, SurfaceName } from "../../shared/awareness.ts";

/** One person in the room. */
export interface PersonHere {
	readonly person: Person;
	/** Where they are, by the tab in which they last did something; null where it is not known. */
	readonly surface: SurfaceName | null;
	/** True where none of their tabs is looked at. */
	readonly isIdle: boolean;
}

/**
 * The others in a room. Our own tabs are left out; who is active stands before who is idle, and
 * names are sorted, so that faces do not jump.
 */
export function rosterOf(
	entries: readonly { readonly state: PresenceState }[],
	myId: string,
): PersonHere[] {
	const here = new Map<string, PersonHere>();
	for (const { state } of entries) {
		const { user } = state;
		if (user === undefined || user.id === myId) continue;
		const isIdle = state.idle === true;
		const known = here.get(user.id);
		if (known !== undefined && (isIdle || !known.isIdle)) continue;
		here.set(user.id, { person: user, surface: state.surface ?? null, isIdle });
	}
	return [...here.values()].sort(byActivityThenName);
}

function byActivityThenName(one: PersonHere, other: PersonHere): number {
	if (one.isIdle !== other.isIdle) return one.isIdle ? 1 : -1;
	return (
		one.person.name.localeCompare(other.person.name) || (one.person.id < other.person.id ? -1 : 1)
	);
}

/** One or two letters for a face: "Quiet Otter" is QO, "Ann" is A, "王小明" is 王. */
export function initialsOf(name: string): string {
	const words = name.split(/\s+/).filter((word) => word !== "");
	const first = firstLetter(words[0] ?? "?");
	const last = words.length > 1 ? firstLetter(words.at(-1) ?? "") : "";
	return (first + last).toLocaleUpperCase();
}

const letters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

function firstLetter(word: string): string {
	for (const { segment } of letters.segment(word)) return segment;
	return "";
}

/** Black or white, whichever is read better on a colour (WCAG relative luminance). */
export function inkOn(color: string): "#000000" | "#ffffff" {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
		const part = Number.parseInt(color.slice(start, start + 2), 16) / 255;
		return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	});
	const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
	return luminance > 0.179 ? "#000000" : "#ffffff";
}
