import { expect, test } from "vitest";
import * as Y from "yjs";
import { type Anchor, anchorAtPassage } from "../../../../shared/surfaces/about.ts";
import { anchorAtItem } from "../../../../shared/surfaces/about-item.ts";
import { addStroke } from "../../../../shared/surfaces/board.ts";
import { type ChatDraft, foldChat, readChat, say } from "../../../../shared/surfaces/chat.ts";
import { chatOf, strokesOf, textOf } from "../../../../shared/surfaces/root.ts";
import { gather, type Thread, Threads } from "../../../../web/chat/about/threads.ts";
import type { ChatLog } from "../../../../web/chat/chat-log.ts";

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

/** The talk of a room whose chat is looked at whenever something is said. */
function follow(doc: Y.Doc) {
	const listeners: (() => void)[] = [];
	const log = {
		messages: foldChat(readChat(chatOf(doc))),
		on: (_event: string, listen: () => void) => listeners.push(listen),
	};
	const threads = new Threads(log as unknown as ChatLog);
	let told = 0;
	threads.on(() => told++);
	const look = (): void => {
		for (const listen of listeners) listen();
	};
	return {
		look,
		/** How often was it told of since the last call? */
		toldCount: () => {
			const count = told;
			told = 0;
			return count;
		},
		said: () => [...threads.items, ...threads.passages].map((one) => bodiesOf(one)),
		speak: (draft: ChatDraft): string => {
			const id = speak(doc, draft);
			log.messages = foldChat(readChat(chatOf(doc)));
			look();
			return id;
		},
	};
}

const bodiesOf = ({ messages }: Thread) => messages.map(({ body }) => body);

test("who listens is told what was said of a thing, corrected and taken back, and no more", () => {
	const doc = new Y.Doc();
	textOf(doc).insert(0, "The red bus leaves.");
	const door = strokeAnchor(doc, 0);
	speak(doc, { body: "Door?", anchor: door });
	const talk = follow(doc);
	expect(talk.said()).toEqual([["Door?"]]);
	const bus = talk.speak({ body: "Which buss?", anchor: anchorAtPassage(textOf(doc), 4, 11) });
	expect([talk.toldCount(), talk.said()]).toEqual([1, [["Door?"], ["Which buss?"]]]);
	talk.speak({ body: "Which bus?", corrects: bus });
	expect([talk.toldCount(), talk.said()]).toEqual([1, [["Door?"], ["Which bus?"]]]);
	talk.speak({ body: "Of nothing in particular." });
	talk.speak({ body: "👍", reacts: bus });
	talk.look();
	expect(talk.toldCount()).toBe(0);
	talk.speak({ retracts: bus });
	expect([talk.toldCount(), talk.said()]).toEqual([1, [["Door?"]]]);
});

test("of very many things those that were spoken of last are marked", () => {
	const doc = new Y.Doc();
	const size = 410;
	doc.transact(() => {
		for (let item = 0; item < size; item++) {
			speak(doc, {
				body: `${item}`,
				anchor: { item: { client: 1, clock: item }, size: 3, print: 4 },
			});
		}
		speak(doc, { body: "again", anchor: { item: { client: 1, clock: 0 }, size: 3, print: 4 } });
	});
	const said = threadsIn(doc).map((thread) => thread.said.join());
	expect(said).toHaveLength(400);
	expect([said.at(0), said.at(-2), said.at(-1)]).toEqual(["11", "409", "0,again"]);
});
