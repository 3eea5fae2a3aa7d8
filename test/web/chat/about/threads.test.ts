import { expect, test } from "vitest";
import * as Y from "yjs";
import { type Anchor, anchorAtPassage } from "../../../../shared/surfaces/about.ts";
import { anchorAtItem } from "../../../../shared/surfaces/about-item.ts";
import { addStroke } from "../../../../shared/surfaces/board.ts";
import { type ChatDraft, foldChat, readChat, say } from "../../../../shared/surfaces/chat.ts";
import { chatOf, strokesOf, textOf } from "../../../../shared/surfaces/root.ts";
import { gather } from "../../../../web/chat/about/threads.ts";

let counter = 0;

function speak(doc: Y.Doc, draft: ChatDraft): string {
	counter++;
	const random = (size: number) => new Uint8Array(size).fill(counter);
	const person = { id: "g_ann", name: "Ann", color: "#aa0000" };
	return say(chatOf(doc), draft, { person, at: counter, random }).id;
}

function threadsIn(doc: Y.Doc): { kind: string; said: string[] }[] {
	return gather(foldChat(readChat(chatOf(doc)))).map(({ about, messages }) => ({
		kind: about.kind,
		said: messages.map(({ body }) => body),
	}));
}

function strokeAnchor(doc: Y.Doc, x: number): Anchor {
	const points = Float64Array.of(x, 0, x + 10, 10);
	const stroke = { kind: "pen", color: 0, width: 0, points, pressures: null, times: null } as const;
	const anchor = anchorAtItem(strokesOf(doc), addStroke(strokesOf(doc), stroke));
	if (anchor === null) throw new Error("no item");
	return anchor;
}

test("what is said of one thing is together, the thing spoken of last at the end", () => {
	const doc = new Y.Doc();
	textOf(doc).insert(0, "The red bus leaves.");
	const [door, roof] = [strokeAnchor(doc, 0), strokeAnchor(doc, 50)];
	const bus = anchorAtPassage(textOf(doc), 4, 11);
	speak(doc, { body: "Is this the door?", anchor: door });
	speak(doc, { body: "Which bus?", anchor: bus });
	speak(doc, { body: "A roof!", anchor: roof });
	speak(doc, { body: "Of nothing in particular." });
	speak(doc, { body: "It is.", anchor: { ...door } });
	expect(threadsIn(doc)).toEqual([
		{ kind: "passage", said: ["Which bus?"] },
		{ kind: "item", said: ["A roof!"] },
		{ kind: "item", said: ["Is this the door?", "It is."] },
	]);
});

test("what was corrected is said as corrected, and an anchor of nobody's kind is no thread", () => {
	const doc = new Y.Doc();
	const first = speak(doc, { body: "Dor?", anchor: strokeAnchor(doc, 0) });
	speak(doc, { body: "Door?", corrects: first });
	speak(doc, { body: "To a person.", anchor: { person: "Ann" } });
	expect(threadsIn(doc)).toEqual([{ kind: "item", said: ["Door?"] }]);
});
