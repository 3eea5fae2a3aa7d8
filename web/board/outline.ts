/** The board in words, for those who listen to it: how much of what by whom, newest items. */
import { type PaletteName, paletteNames, writerOf } from "../../shared/surfaces/board.ts";
import type { ItemKind } from "../../shared/surfaces/stroke-codec.ts";
import { type MessageKey, t } from "../ui/messages.ts";
import type { BoardClient } from "./client.ts";
import type { SceneItem } from "./paint/scene-item.ts";
import type { Scene } from "./scene.ts";

/** Items that are listed one by one. */
const listedMax = 40;

/** The board in words. */
export interface Outline {
	/** "3 items: 2 strokes, 1 photo". */
	readonly summary: string;
	/** "Ann: 2 strokes, 1 photo". */
	readonly authors: readonly string[];
	/** The newest first: "Red stroke by Ann". */
	readonly items: readonly string[];
}

const kindKeys: Readonly<Partial<Record<ItemKind, MessageKey>>> = {
	pen: "board.kind.stroke",
	highlighter: "board.kind.stroke",
	photo: "board.kind.photo",
};

const colorKeys: Readonly<Record<PaletteName, MessageKey>> = {
	ink: "board.color.ink",
	grey: "board.color.grey",
	red: "board.color.red",
	orange: "board.color.orange",
	yellow: "board.color.yellow",
	green: "board.color.green",
	blue: "board.color.blue",
	violet: "board.color.violet",
};

/** Describes the board as it is now. */
export function describeBoard(scene: Scene, client: BoardClient): Outline {
	const nameOf = authorNames(client);
	const entries = scene.newest(Number.POSITIVE_INFINITY);
	const byAuthor = new Map<string, SceneItem[]>();
	for (const { value, scene: item } of entries) {
		const author = nameOf(item, value);
		const items = byAuthor.get(author);
		if (items === undefined) byAuthor.set(author, [item]);
		else items.push(item);
	}
	return {
		summary: entries.length === 0 ? t("board.outline.empty") : kindsOf(entries.map(itemOf)),
		authors: [...byAuthor].map(([name, items]) =>
			t("board.outline.author", { name, items: kindsOf(items) }),
		),
		items: entries
			.slice(0, listedMax)
			.map(({ value, scene: item }) =>
				t("board.outline.item", { item: nameItem(item), name: nameOf(item, value) }),
			),
	};
}

/** The name of a colour of the palette, for its button and for the outline. */
export function colorName(name: PaletteName): string {
	return t(colorKeys[name]);
}

function itemOf({ scene }: { readonly scene: SceneItem }): SceneItem {
	return scene;
}

/** Whoever is here has a name; of the others only the doc's client id is known. */
function authorNames(client: BoardClient): (item: SceneItem, value: unknown) => string {
	const byClient = new Map([[client.doc.clientID, t("board.you")]]);
	const byUser = new Map([[client.me.id, t("board.you")]]);
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

function kindsOf(items: readonly SceneItem[]): string {
	const counts = new Map<MessageKey, number>();
	for (const { item } of items) {
		const key = kindKeys[item.kind] ?? "board.kind.other";
		counts.set(key, (counts.get(key) ?? 0) + 1);
	}
	return [...counts].map(([key, count]) => `${count} ${t(key)}`).join(", ");
}

function nameItem({ item }: SceneItem): string {
	const kind = t(kindKeys[item.kind] ?? "board.kind.other");
	if (item.kind === "photo" || typeof item.color === "string") return kind;
	return `${colorName(paletteNames[item.color] ?? "ink")} ${kind}`;
}
