/** Texts and notes in a guarded room: who types into them, and what is no letter. */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { itemTextStoredMax } from "../../../../shared/limits.ts";
import { readItem } from "../../../../shared/surfaces/board.ts";
import { plainLook } from "../../../../shared/surfaces/item-look.ts";
import { strokesOf } from "../../../../shared/surfaces/root.ts";
import { addShape } from "../../../../shared/surfaces/shapes.ts";
import { addWords, lettersOf } from "../../../../shared/surfaces/words/words.ts";
import { Hand, together } from "../../../fixtures/rooms/guarded.ts";

const note = {
	kind: "note",
	color: 4,
	size: 1,
	look: plainLook,
	box: { minX: 0, minY: 0, maxX: 200, maxY: 200 },
} as const;

const put = (text: string) => (doc: Y.Doc) => void addWords(strokesOf(doc), { ...note, text });
const entryIn = (doc: Y.Doc) => strokesOf(doc).get(0) as Y.Map<unknown>;
const lettersIn = (doc: Y.Doc) => lettersOf(entryIn(doc)) ?? new Y.Text();
const textIn = (doc: Y.Doc) => readItem(entryIn(doc))?.text;

/** A room in which Ann has put a note down, which Ben sees. */
function noted(text = "Buy milk") {
	const { room, ann, ben } = together();
	expect(room.edit(ann, put(text))).toBe("new");
	room.show(ben);
	return { room, ann, ben };
}

describe("two people at one note", () => {
	test("type into it, take back what they typed, and what is theirs alone", () => {
		const { room, ann, ben } = noted();
		expect(room.edit(ben, (doc) => lettersIn(doc).insert(8, " and tea"))).toBe("new");
		expect(room.edit(ann, (doc) => lettersIn(doc).delete(0, 4))).toBe("new");
		expect(textIn(room.doc)).toBe("milk and tea");
		room.show(ben);
		expect(room.edit(ben, (doc) => lettersIn(doc).delete(4, 8))).toBe("new");
		expect(textIn(room.doc)).toBe("milk");
	});

	test("erase it with all its letters, and bring it back", () => {
		const { room, ann, ben } = noted();
		room.edit(ben, (doc) => lettersIn(doc).insert(8, " and tea"));
		room.show(ann);
		const undo = new Y.UndoManager(strokesOf(ann.doc));
		expect(room.edit(ann, (doc) => strokesOf(doc).delete(0, 1))).toBe("new");
		expect(strokesOf(room.doc).length).toBe(0);
		expect(
			room.take(
				ann,
				ann.undo(() => undo.undo()),
			),
		).toBe("new");
		expect(textIn(room.doc)).toBe("Buy milk and tea");
	});

	test("a viewer and a commenter read it, and type nothing", () => {
		const { room } = noted();
		for (const [index, role] of (["viewer", "commenter"] as const).entries()) {
			const guest = new Hand(`g_${role}`, 40 + index, role);
			room.show(guest);
			expect(textIn(guest.doc)).toBe("Buy milk");
			const said = room.edit(guest, (doc) => lettersIn(doc).insert(0, "x"));
			expect(said).toMatch(/^not_allowed/);
		}
		expect(textIn(room.doc)).toBe("Buy milk");
	});

	test("with the board closed to them, an editor of the rest types nothing either", () => {
		const { room, ben } = noted();
		Object.assign(ben, { rights: { ...ben.rights, board: false } });
		const said = room.edit(ben, (doc) => lettersIn(doc).insert(0, "x"));
		expect(said).toBe("not_allowed: board");
	});
});

describe("words in a shape", () => {
	const box = { kind: "rectangle", color: 1, width: 0, look: plainLook } as const;
	const draw = (doc: Y.Doc) => {
		addShape(strokesOf(doc), { ...box, points: [0, 0, 200, 100] });
	};

	test("two who begin to type into one at once have typed into one text", () => {
		const { room, ann, ben } = together();
		expect(room.edit(ann, draw)).toBe("new");
		expect(textIn(room.doc)).toBe(null);
		room.show(ben);
		expect(room.edit(ben, (doc) => lettersIn(doc).insert(0, "tea"))).toBe("new");
		expect(room.edit(ann, (doc) => lettersIn(doc).insert(0, "milk"))).toBe("new");
		room.show(ben);
		room.show(ann);
		expect(["teamilk", "milktea"]).toContain(textIn(room.doc));
		expect([textIn(ann.doc), textIn(ben.doc)]).toEqual([textIn(room.doc), textIn(room.doc)]);
	});

	test("have a size of the list, and are as long as others at most", () => {
		const { room, ann } = together();
		room.edit(ann, draw);
		expect(room.edit(ann, (doc) => entryIn(doc).set("h", 3))).toBe("new");
		expect(readItem(entryIn(room.doc))?.letterSize).toBe(44);
		for (const size of [-1, 1.5, "large", new Uint8Array(4)]) {
			const mallory = new Hand("g_mallory", 66);
			room.show(mallory);
			const said = room.edit(mallory, (doc) => entryIn(doc).set("h", size));
			expect(said).toBe("refused_update: no part of an item");
		}
		const mallory = new Hand("g_mallory", 66);
		room.show(mallory);
		const long = "x".repeat(itemTextStoredMax + 1);
		const said = room.edit(mallory, (doc) => lettersIn(doc).insert(0, long));
		expect(said).toBe("refused_update: too long a text of an item");
	});
});

describe("attacks by words are refused, and the doc stays as it was", () => {
	const attacks: readonly {
		readonly name: string;
		readonly edit: (doc: Y.Doc) => unknown;
		readonly refusal: string;
	}[] = [
		...Object.entries({ map: new Y.Map(), list: new Y.Array(), xml: new Y.XmlText("x") }).map(
			([name, type]) => ({
				name: `a ${name} in place of the letters`,
				edit: (doc: Y.Doc) => entryIn(doc).set("t", type),
				refusal: "refused_update: another type than the schema's",
			}),
		),
		{
			name: "a doc in place of the letters",
			edit: (doc) => entryIn(doc).set("t", new Y.Doc()),
			refusal: "refused_update: no such content here",
		},
		{
			name: "a list of values in place of the letters",
			edit: (doc) => entryIn(doc).set("t", ["a"]),
			refusal: "refused_update: no part of an item",
		},
		{
			name: "an embed among the letters",
			edit: (doc) => lettersIn(doc).insertEmbed(0, { photo: "photo-0001" }),
			refusal: "refused_update: no letters of an item",
		},
		{
			name: "a type among the letters",
			edit: (doc) => lettersIn(doc).insertEmbed(0, new Y.Text("deep")),
			refusal: "refused_update: no letters of an item",
		},
		{
			name: "a format, also one that the document may have",
			edit: (doc) => lettersIn(doc).format(0, 3, { bold: true }),
			refusal: "refused_update: no letters of an item",
		},
		{
			name: "letters that come with a format",
			edit: (doc) => lettersIn(doc).insert(0, "x", { link: "https://weft.example" }),
			refusal: "refused_update: no letters of an item",
		},
		{
			name: "a key in the letters, which nobody would see",
			edit: (doc) => lettersIn(doc).setAttribute("hidden", "x"),
			refusal: "refused_update: no letters of an item",
		},
		{
			name: "letters under another key of an item",
			edit: (doc) => entryIn(doc).set("deep", new Y.Text("x")),
			refusal: "refused_update: no such content here",
		},
		{
			name: "letters in place of an item",
			edit: (doc) => strokesOf(doc).push([new Y.Text("x")]),
			refusal: "refused_update: another type than the schema's",
		},
		{
			name: "more letters at once than an item may have",
			edit: (doc) => lettersIn(doc).insert(0, "x".repeat(itemTextStoredMax)),
			refusal: "refused_update: too long a text of an item",
		},
		{
			name: "more letters in many pieces",
			edit: (doc) => {
				const letters = lettersIn(doc);
				const piece = "x".repeat(itemTextStoredMax / 100);
				for (let count = 0; count < 100; count++) letters.insert(count % 8, piece);
			},
			refusal: "refused_update: too long a text of an item",
		},
		{
			name: "an item that is new, and too long",
			edit: (doc) => put("x".repeat(itemTextStoredMax + 1))(doc),
			refusal: "refused_update: too long a text of an item",
		},
	];

	test.each(attacks)("$name", ({ edit, refusal }) => {
		const { room, ann } = noted();
		const mallory = new Hand("g_mallory", 66);
		room.show(mallory);
		const before = Y.encodeStateAsUpdate(room.doc);
		expect(room.edit(mallory, edit)).toBe(refusal);
		expect(Y.encodeStateAsUpdate(room.doc)).toEqual(before);
		expect(room.edit(ann, (doc) => lettersIn(doc).insert(8, "!"))).toBe("new");
		expect(textIn(room.doc)).toBe("Buy milk!");
	});

	test("half of a character is cut off nowhere", () => {
		const { room, ben } = noted("👋");
		const said = room.edit(ben, (doc) => lettersIn(doc).insert(1, "x"));
		expect(said).toBe("refused_update: half of a surrogate pair");
	});
});

describe("how long a text becomes", () => {
	test("just as long as it may be, and not a letter longer", () => {
		const { room, ann } = noted("x");
		const fill = "x".repeat(itemTextStoredMax - 1);
		expect(room.edit(ann, (doc) => lettersIn(doc).insert(1, fill))).toBe("new");
		const mallory = new Hand("g_mallory", 66);
		room.show(mallory);
		const more = room.edit(mallory, (doc) => lettersIn(doc).insert(0, "x"));
		expect(more).toBe("refused_update: too long a text of an item");
		expect(room.edit(ann, (doc) => lettersIn(doc).delete(0, 2))).toBe("new");
		const ben = new Hand("g_ben", 22);
		room.show(ben);
		expect(room.edit(ben, (doc) => lettersIn(doc).insert(0, "xx"))).toBe("new");
	});

	test.each([
		["at once", 6, 20_000],
		["in many pieces", 40, 4_000],
	])("who wrote and deleted much %s is not refused for what went", (_how, rounds, length) => {
		const { room, ann } = noted("");
		ann.doc.gc = false; // As the undo of a page keeps it.
		const said = room.edit(ann, (doc) => {
			for (let round = 0; round < rounds; round++) {
				lettersIn(doc).insert(0, "x".repeat(length));
				lettersIn(doc).delete(0, length - 1);
			}
		});
		expect(said).toBe("new");
		expect(textIn(room.doc)).toBe("x".repeat(rounds));
	});

	test("letters of many texts are counted apart", () => {
		const { room, ann } = together();
		const half = "x".repeat(itemTextStoredMax / 2 + 1);
		const said = room.edit(ann, (doc) => {
			for (let count = 0; count < 3; count++) put(half)(doc);
		});
		expect(said).toBe("new");
	});
});
