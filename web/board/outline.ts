/** The board in words, for those who listen to it: how much of what by whom, newest items. */
import { paletteNames, writerOf } from "../../shared/surfaces/board.ts";
import type { ItemKind } from "../../shared/surfaces/stroke-codec.ts";
import { cutText } from "../../shared/surfaces/words/letters.ts";
import { type CountKey, t, tCount } from "../ui/messages.ts";
import "../ui/board-words/shapes.ts";
import type { SceneItem } from "./paint/scene-item.ts";
import type { BoardClient } from "./people/client.ts";
import { namesOf } from "./people/names.ts";
import type { Scene } from "./scene.ts";
import { colorName } from "./toolbar.ts";

/** The board in words. */
export interface Outline {
	/** "3 items: 2 strokes, 1 photo". */
	readonly summary: string;
	/** "Ann: 2 strokes, 1 photo". */
	readonly authors: readonly string[];
	/** The newest first: "Red stroke by Ann", with the scene's id. */
	readonly items: readonly { readonly id: number; readonly words: string }[];
}

/** Items that are listed one by one. */
const listedMax = 40;
/** Letters of words that are told; the rest is read where one types. */
const toldMax = 120;

/** How many items there are of each kind. */
type Counts = Map<KindKey, number>;

type KindKey = Extract<CountKey, `board.kind.${string}`>;

const kindKeys: Readonly<Partial<Record<ItemKind, KindKey>>> = {
	pen: "board.kind.stroke",
	highlighter: "board.kind.stroke",
	rectangle: "board.kind.rectangle",
	ellipse: "board.kind.ellipse",
	diamond: "board.kind.diamond",
	line: "board.kind.line",
	arrow: "board.kind.arrow",
	photo: "board.kind.photo",
	text: "board.kind.text",
	note: "board.kind.note",
};

/** Items that are counted in one go: less than a millisecond. */
const sliceCount = 2_000;

/**
 * Describes the board, in many short pieces: between two of them it waits for `rest`. What changes
 * meanwhile may be counted or not.
 */
export async function describeBoard(
	scene: Scene,
	client: BoardClient,
	rest: () => Promise<void>,
): Promise<Outline> {
	const nameOf = authorNames(client);
	const all: Counts = new Map();
	const byAuthor = new Map<string, Counts>();
	const items: { id: number; words: string }[] = [];
	let seen = 0;
	for (const { value, scene: item } of scene.newest()) {
		if (seen++ % sliceCount === 0) await rest();
		const name = nameOf(item, value);
		const own = byAuthor.get(name) ?? new Map();
		byAuthor.set(name, own);
		count(all, item);
		count(own, item);
		if (items.length < listedMax) {
			const words = t("board.outline.item", { item: withEnds(nameKind(item), item, scene), name });
			items.push({ id: item.id, words: withLetters(words, item) });
		}
	}
	return {
		summary: sayCounts(all),
		authors: [...byAuthor].map(([name, counts]) =>
			t("board.outline.author", { name, items: sayCounts(counts) }),
		),
		items,
	};
}

/** Who made items; of those that nobody knows, that it was before. */
function authorNames(client: BoardClient): (item: SceneItem, value: unknown) => string {
	const names = namesOf(client);
	return ({ item }, value) => {
		const writer = writerOf(value);
		const byKey = item.by === null ? null : names.ofUser(item.by);
		return byKey ?? (writer === null ? null : names.ofClient(writer)) ?? t("board.earlier");
	};
}

/** What an item is and who made it: "Red stroke by Ann". */
export function nameWithAuthor(client: BoardClient, item: SceneItem, value: unknown): string {
	return t("board.outline.item", { item: nameItem(item), name: authorNames(client)(item, value) });
}

/** How many there are of each kind: "2 strokes, 1 photo". */
export function countItems(items: readonly SceneItem[]): string {
	const counts: Counts = new Map();
	for (const item of items) count(counts, item);
	return sayCounts(counts);
}

function count(counts: Counts, { item }: SceneItem): void {
	const key = kindKeys[item.kind] ?? "board.kind.item";
	counts.set(key, (counts.get(key) ?? 0) + 1);
}

function sayCounts(counts: Counts): string {
	return [...counts].map(([key, number]) => tCount(key, number)).join(", ");
}

/** What a line stays on: "Red arrow from yellow note: Buy milk to black rectangle". */
function withEnds(item: string, { joins }: SceneItem, scene: Scene): string {
	const [from, to] = (joins ?? []).map((id) => {
		const on = id === null ? null : scene.get(id);
		return on === null ? null : withLetters(nameKind(on), on);
	});
	if (from && to) return t("board.outline.fromTo", { item, from, to });
	if (from) return t("board.outline.from", { item, from });
	return to ? t("board.outline.to", { item, to }) : item;
}

/** What an item is: "Red stroke", "Yellow note: Buy milk". */
export function nameItem(scene: SceneItem): string {
	return withLetters(nameKind(scene), scene);
}

function withLetters(item: string, scene: SceneItem): string {
	const text = scene.item.text?.replace(/\s+/g, " ").trim() ?? "";
	if (text === "") return item;
	const told = text.length > toldMax ? `${cutText(text, toldMax)}…` : text;
	return t("board.outline.words", { item, text: told });
}

function nameKind({ item }: SceneItem): string {
	const kind = t(kindKeys[item.kind] ?? "board.kind.item");
	if (item.kind === "photo" || typeof item.color === "string") return kind;
	const color = colorName(paletteNames[item.color] ?? "ink");
	return t("board.outline.colored", { color, kind });
}
