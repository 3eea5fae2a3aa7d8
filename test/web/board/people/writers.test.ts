import { afterEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import type { RoomName } from "../../../../shared/ids.ts";
import { nameWriters } from "../../../../web/board/people/writers.ts";
import { type Deletions, UndoSteps } from "../../../../web/board/tools/undo.ts";

afterEach(() => vi.unstubAllGlobals());

/** Me at a board on which others drew; the answer is whose client ids are. */
function board(answer: () => Response) {
	const doc = new Y.Doc();
	const items = doc.getArray<Y.Map<unknown>>("strokes");
	const asked: string[] = [];
	vi.stubGlobal("fetch", async (url: string) => {
		asked.push(String(url));
		return answer();
	});
	const drawAs = (clientID: number, name: string): void => {
		const other = new Y.Doc();
		other.clientID = clientID;
		Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
		other.getArray("strokes").push([new Y.Map([["d", name]])]);
		Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
	};
	const person = { id: "g_ben", name: "Ben", color: "#112233" };
	const client = {
		...{ doc, room: "garden" as RoomName, may: () => true },
		me: { id: "g_me", name: "Me", color: "#112233" },
		people: () => [{ clientId: 7, state: { user: person } }],
	} as unknown as Parameters<typeof nameWriters>[0];
	const popped: Deletions[] = [];
	const steps = new UndoSteps(
		doc.getArray("strokes"),
		() => undefined,
		(deletions) => popped.push(deletions),
	);
	/** Whose it is stands behind the names of what was drawn. */
	const shown = () => items.map((item) => `${item.get("d")} ${item.get("by") ?? ""}`.trim());
	const nameAll = async (): Promise<void> => {
		for (const deletions of popped.splice(0)) await nameWriters(client, deletions);
	};
	return { asked, items, drawAs, steps, shown, nameAll };
}

const writers = [
	[8, "g_cleo"],
	[9, "g_me"],
];

test("who is here is known, of others the server is asked, one's own stays so", async () => {
	const { asked, items, drawAs, steps, shown, nameAll } = board(() => Response.json({ writers }));
	drawAs(7, "bush");
	drawAs(8, "tree");
	drawAs(9, "of before");
	drawAs(10, "of nobody");
	steps.begin();
	steps.act(() => items.push([new Y.Map([["d", "door"]])]));
	steps.begin();
	steps.clear()();
	expect(shown()).toEqual(["bush", "tree", "of before", "of nobody", "door"]);
	await nameAll();
	const named = ["bush g_ben", "tree g_cleo", "of before", "of nobody", "door"];
	expect(shown()).toEqual(named);
	expect(asked).toHaveLength(1);
	const ids = [...new URL(asked[0] ?? "", "http://x").searchParams.getAll("client")];
	expect(ids.sort()).toEqual(["10", "8", "9"]);
	steps.begin();
	steps.act(() => items.delete(0, 2));
	steps.undo();
	await nameAll();
	expect(shown()).toEqual(named);
	steps.redo();
	await nameAll();
	expect(shown()).toEqual(named.slice(2));
	expect(asked).toHaveLength(1);
});

test("without an answer, and of what is gone again, nothing is written", async () => {
	const { items, drawAs, steps, shown, nameAll } = board(() => Response.json({}, { status: 503 }));
	drawAs(7, "bush");
	drawAs(8, "tree");
	steps.clear()();
	items.delete(0);
	await nameAll();
	expect(shown()).toEqual(["tree"]);
});
