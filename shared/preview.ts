/** A small picture of a room for the list of rooms: what the server derives, what home draws. */

/** Made from the doc when a room rests. Everything is bounded, so that a list stays small. */
export interface RoomPreview {
	/** The room's title; empty where nobody gave one. */
	readonly title: string;
	/** The first letters of the text; lines are parted by one line feed, none is empty. */
	readonly excerpt: string;
	/** The newest items of the board, thinned, moved into a box of 160 by 100. */
	readonly strokes: readonly PreviewStroke[];
	/** Blob ids of the newest photos. */
	readonly photos: readonly string[];
	/** What people said in the chat, without corrections, retractions and reactions. */
	readonly messageCount: number;
}

/** By which words a room without a title is known: its first; empty where it has none. */
export function firstWords({ excerpt }: Pick<RoomPreview, "excerpt">): string {
	const [firstLine = ""] = excerpt.trim().split("\n");
	const words = firstLine.split(/\s+/).slice(0, 6).join(" ");
	return words.length < firstLine.length ? `${words}…` : words;
}

/** One line of the small picture: x0, y0, x1, y1 and so on, in whole units of its box. */
export interface PreviewStroke {
	/** `#` and six hexadecimal digits, or a name of the board's palette. */
	readonly color: string;
	readonly points: readonly number[];
}

/** The preview of a room in which nothing was done. */
export const emptyPreview: RoomPreview = {
	title: "",
	excerpt: "",
	strokes: [],
	photos: [],
	messageCount: 0,
};
