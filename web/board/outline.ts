/** The board in words, for those who listen to it: how much of what by whom, newest items. */
import { paletteNames, writerOf } from "../../shared/surfaces/board.ts";
import type { ItemKind } from "../../shared/surfaces/stroke-codec.ts";
import { type CountKey, t, tCount } from "../ui/messages.ts";
import "../ui/messages/shapes.ts";
import type { Outline } from "./around.ts";
import type { SceneItem } from "./paint/scene-item.ts";
import type { BoardClient } from "./people/client.ts";
import type { Scene } from "./scene.ts";
import { colorName } from "./toolbar.ts";

/** Items that are listed one by one. */
const listedMax = 40;

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
};

/** Describes the board as it is now. */
export function describeBoard(scene: Scene, client: BoardClient): Outline {
	const nameOf = authorNames(client);
	const all: Counts = new Map();
	const byAuthor = new Map<string, Counts>();
	const items: { id: number; words: string }[] = [];
	for (const { value, scene: item } of scene.newest()) {
		const name = nameOf(item, value);
		const own = byAuthor.get(name) ?? new Map();
		byAuthor.set(name, own);
		count(all, item);
		count(own, item);
		if (items.length < listedMax) {
			items.push({ id: item.id, words: t("board.outline.item", { item: nameItem(item), name }) });
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

/** Whoever is here has a name; of the others only the doc's client id is known. */
function authorNames(client: BoardClient): (item: SceneItem, value: unknown) => string {
	const byClient = new Map([[client.doc.clientID, t("board.you")]]);
	const ours = [client.me.id, ...(client.me.was ?? [])];
	const byUser = new Map(ours.map((id) => [id, t("board.you")] as const));
	for (const { clientId, state } of client.people()) {
		if (state.user === undefined) continue;
		byClient.set(clientId, state.user.name);
		if (!byUser.has(state.user.id)) byUser.set(state.user.id, state.user.name);
	}
	return ({ item }, value) => {
		const writer = writerOf(value);
		const byKey = item.by === null ? undefined : byUser.get(item.by);
		return byKey ?? (writer === null ? undefined : byClient.get(writer)) ?? t("board.earlier");
	};
}

function count(counts: Counts, { item }: SceneItem): void {
	const key = kindKeys[item.kind] ?? "board.kind.item";
	counts.set(key, (counts.get(key) ?? 0) + 1);
}

function sayCounts(counts: Counts): string {
	return [...counts].map(([key, number]) => tCount(key, number)).join(", ");
}

/** What an item is: "Red stroke". */
export function nameItem({ item }: SceneItem): string {
	const kind = t(kindKeys[item.kind] ?? "board.kind.item");
	if (item.kind === "photo" || typeof item.color === "string") return kind;
	const color = colorName(paletteNames[item.color] ?? "ink");
	return t("board.outline.colored", { color, kind });
}
