import { expect, test, vi } from "vitest";
import * as Y from "yjs";
import { textOf } from "../../../../shared/surfaces/root.ts";
import { IncomingUpdates } from "../../../../web/sync/line/incoming.ts";
import { handClock } from "../hand-clock.ts";

/** A doc that is written to elsewhere, a letter an update. */
function written(text: string): Uint8Array[] {
	const doc = new Y.Doc();
	const updates: Uint8Array[] = [];
	doc.on("update", (update: Uint8Array) => updates.push(update));
	for (const letter of text) textOf(doc).insert(textOf(doc).length, letter);
	return updates;
}

function listener() {
	const clock = handClock();
	clock.pass(1_000);
	const doc = new Y.Doc();
	const incoming = new IncomingUpdates(doc, "server", clock);
	const changes: string[] = [];
	textOf(doc).observe(({ transaction }) => {
		expect(transaction.local).toBe(false);
		changes.push(`${textOf(doc).toString()} ${transaction.origin}`);
	});
	return { clock, doc, incoming, changes };
}

test("a lone update is applied at once", () => {
	const { incoming, changes } = listener();
	for (const update of written("a")) incoming.add(update);
	expect(changes).toEqual(["a server"]);
});

test("a burst is one change now and one with the next frame", () => {
	const { clock, incoming, changes } = listener();
	for (const update of written("a long text")) incoming.add(update);
	expect(changes).toEqual(["a server"]);
	clock.pass(12);
	expect(changes).toEqual(["a server", "a long text server"]);
	clock.pass(1_000);
	expect(changes).toHaveLength(2);
});

test("after a pause the next one is applied at once again", () => {
	const { clock, incoming, changes } = listener();
	const [first, second, third] = written("abc") as [Uint8Array, Uint8Array, Uint8Array];
	incoming.add(first);
	clock.pass(12);
	incoming.add(second);
	clock.pass(5);
	incoming.add(third);
	expect(changes).toEqual(["a server", "ab server"]);
	clock.pass(7);
	expect(changes.at(-1)).toBe("abc server");
});

test("what must come after can have all applied now, also twice", () => {
	const { clock, incoming, changes } = listener();
	for (const update of written("abc")) incoming.add(update);
	incoming.flush();
	incoming.flush();
	clock.pass(100);
	expect(changes).toEqual(["a server", "abc server"]);
});

test("one bad update does not keep the others away", () => {
	const complain = vi.spyOn(console, "error").mockImplementation(() => undefined);
	const { clock, doc, incoming } = listener();
	const [first, second] = written("ab") as [Uint8Array, Uint8Array];
	incoming.add(first);
	incoming.add(Uint8Array.of(255, 255, 255));
	incoming.add(second);
	clock.pass(12);
	expect(textOf(doc).toString()).toBe("ab");
	expect(complain).toHaveBeenCalledTimes(1);
	complain.mockRestore();
});
