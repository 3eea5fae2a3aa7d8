/** What is told of others to who listens: their names, what they did, and nothing twice. */
import { expect, test } from "vitest";
import * as Y from "yjs";
import { eraseItems, moveItems } from "../../../../shared/surfaces/arrange/edits.ts";
import { addStroke } from "../../../../shared/surfaces/board.ts";
import { plainLook } from "../../../../shared/surfaces/item-look.ts";
import { chatOf, strokesOf } from "../../../../shared/surfaces/root.ts";
import { addWords } from "../../../../shared/surfaces/words/words.ts";
import type { BoardClient } from "../../../../web/board/people/client.ts";
import { GatheredNews } from "../../../../web/board/people/gathered-news.ts";
import { Scene } from "../../../../web/board/scene.ts";

const stroke = {
	kind: "pen",
	color: 2,
	width: 0,
	points: Float64Array.of(0, 0, 50, 50),
	pressures: null,
	times: null,
} as const;

/** A board with a stroke of ours on it, others who work there, and what is told of them. */
function board() {
	const doc = new Y.Doc();
	addStroke(strokesOf(doc), stroke);
	const people: { clientId: number; state: { user: { id: string; name: string } } }[] = [];
	const client = { doc, me: { id: "g_me", name: "Me" }, people: () => people };
	let count = 0;
	const news = new GatheredNews({
		client: client as unknown as BoardClient,
		scene: new Scene(strokesOf(doc), () => undefined),
		gathered: () => count++,
	});
	/** Somebody with a page of their own, and what they do there. */
	const join = (name: string, id = `g_${name}`) => {
		const theirs = new Y.Doc();
		people.push({ clientId: theirs.clientID, state: { user: { id, name } } });
		return (edit: (board: Y.Array<unknown>) => void) => {
			Y.applyUpdate(theirs, Y.encodeStateAsUpdate(doc));
			theirs.transact(() => edit(strokesOf(theirs)));
			Y.applyUpdate(doc, Y.encodeStateAsUpdate(theirs, Y.encodeStateVector(doc)), "wire");
		};
	};
	return { doc, news, join, people, gatheredCount: () => count };
}

test("names who drew what, in one sentence for all of it", () => {
	const { news, join } = board();
	const ann = join("Ann");
	ann((items) => addStroke(items, stroke));
	expect(news.take()).toBe("Ann: added Red stroke.");
	for (const color of [0, 1, 2]) ann((items) => addStroke(items, { ...stroke, color }));
	join("Ben")((items) => moveItems(items, new Set([items.get(0)]), { x: 5, y: 5 }));
	expect(news.take()).toBe("Ann: added 3 strokes. Ben: changed 1 item.");
	expect(news.take()).toBe("");
});

test("what one adds and changes is new, and tells the letters that it has by then", () => {
	const { news, join } = board();
	const ann = join("Ann");
	const words = { kind: "note", color: 4, size: 0, look: plainLook } as const;
	const box = { minX: 0, minY: 0, maxX: 100, maxY: 100 };
	ann((items) => addWords(items, { ...words, box, text: "B" }));
	ann((items) => ((items.get(1) as Y.Map<unknown>).get("t") as Y.Text).insert(1, "uy milk"));
	expect(news.take()).toBe("Ann: added Yellow note: Buy milk.");
	ann((items) => ((items.get(1) as Y.Map<unknown>).get("t") as Y.Text).insert(8, "!"));
	expect(news.take()).toBe("Ann: changed 1 item.");
});

test("what is erased is told without a name; what came and went meanwhile not at all", () => {
	const { news, join } = board();
	const ann = join("Ann");
	ann((items) => eraseItems(items, new Set([items.get(0)])));
	expect(news.take()).toBe("1 item was removed.");
	ann((items) => addStroke(items, stroke));
	ann((items) => eraseItems(items, new Set([items.get(0)])));
	expect(news.take()).toBe("1 item was removed.");
});

test("one's own doing is no news, here and on another page of one's own", () => {
	const { doc, news, join, gatheredCount } = board();
	addStroke(strokesOf(doc), stroke);
	eraseItems(strokesOf(doc), new Set([strokesOf(doc).get(0)]));
	expect(gatheredCount()).toBe(0);
	join("Me", "g_me")((items) => addStroke(items, stroke));
	expect(news.take()).toBe("");
});

test("of a crowd three are named; who left is known by what they said", () => {
	const { doc, news, join, people } = board();
	for (const name of ["Ann", "Ben", "Cleo", "Dan", "Eve"]) {
		join(name)((items) => addStroke(items, stroke));
	}
	expect(news.take()).toBe(
		["Ann", "Ben", "Cleo"].map((name) => `${name}: added Red stroke. `).join("") +
			"2 other people are at work.",
	);
	const fay = join("Fay");
	fay((items) => {
		const said = { id: "m1", by: "g_Fay", name: "Fay", at: 1, body: "Hello" };
		if (items.doc !== null) chatOf(items.doc).push([said]);
		addStroke(items, stroke);
	});
	people.length = 0;
	expect(news.take()).toBe("Fay: added Red stroke.");
	expect(chatOf(doc).length).toBe(1);
});
