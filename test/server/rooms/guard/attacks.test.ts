import * as encoding from "lib0/encoding";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { contentRefs, type StructId } from "../../../../server/rooms/update-reader.ts";
import { addPhoto } from "../../../../shared/surfaces/photos.ts";
import { chatOf, metaOf, photosOf, strokesOf, textOf } from "../../../../shared/surfaces/root.ts";
import {
	draft,
	GuardedDoc,
	Hand,
	message,
	other,
	personOf,
	photo,
	speak,
	together,
} from "../../../fixtures/rooms/guarded.ts";
import { lettersOf, writeAll } from "../../../fixtures/rooms/letters.ts";

describe("attacks are refused, and the doc stays as it was", () => {
	interface Attack {
		readonly name: string;
		readonly edit: (doc: Y.Doc, mallory: Hand) => unknown;
		readonly refusal: string;
	}
	const photos = (doc: Y.Doc) => photosOf(doc).get(photo) as Y.Map<unknown>;
	const attacks: readonly Attack[] = [
		{
			name: "a message is deleted",
			edit: (doc) => chatOf(doc).delete(0, 1),
			refusal: "refused_update: the chat only grows",
		},
		{
			name: "a message is put in front",
			edit: (doc, mallory) => chatOf(doc).insert(0, [message(mallory)]),
			refusal: "refused_update: the chat grows at its end",
		},
		{
			name: "a message of somebody else",
			edit: (doc) => chatOf(doc).push([{ body: "I never said this", by: "g_ann" }]),
			refusal: "refused_update: somebody else's message",
		},
		{
			name: "a message with a field too many",
			edit: (doc, mallory) => chatOf(doc).push([message(mallory, { pinned: true })]),
			refusal: "refused_update: no message",
		},
		{
			name: "a message that says nothing",
			edit: (doc, mallory) => chatOf(doc).push([message(mallory, { body: " " })]),
			refusal: "refused_update: no message",
		},
		{
			name: "a message that is too long",
			edit: (doc, mallory) => chatOf(doc).push([message(mallory, { body: "x".repeat(4_001) })]),
			refusal: "refused_update: no message",
		},
		{
			name: "a message with an anchor of many parts",
			edit: (doc, mallory) =>
				chatOf(doc).push([message(mallory, { anchor: { of: new Array(70).fill({}) } })]),
			refusal: "refused_update: no message",
		},
		{
			name: "a message whose author stands in its prototype",
			edit: (doc) => {
				const forged = { body: "hello", id: "m1" };
				Object.defineProperty(forged, "__proto__", {
					...{ value: { by: "g_ann" }, enumerable: true, configurable: true },
				});
				chatOf(doc).push([forged]);
			},
			refusal: "refused_update: a key that no object has",
		},
		{
			name: "a type in the chat",
			edit: (doc) => chatOf(doc).push([new Y.Map([["body", "hello"]])]),
			refusal: "refused_update: no such content here",
		},
		{
			name: "a message that is made and deleted at once",
			edit: (doc, mallory) => {
				chatOf(doc).push([message(mallory)]);
				chatOf(doc).delete(1, 1);
			},
			refusal: "refused_update: no such content here",
		},
		{
			name: "an unknown root",
			edit: (doc) => doc.getArray("evil").push([1]),
			refusal: "refused_update: no such root",
		},
		{
			name: "a key in the text",
			edit: (doc) => textOf(doc).setAttribute("evil", 1),
			refusal: "refused_update: a key in the text",
		},
		{
			name: "a format off the list",
			edit: (doc) => textOf(doc).format(0, 2, { color: "red" }),
			refusal: "refused_update: no such format",
		},
		{
			name: "a link to a script",
			edit: (doc) => textOf(doc).format(0, 2, { link: "javascript:alert(1)" }),
			refusal: "refused_update: no such format",
		},
		{
			name: "an embed off the list",
			edit: (doc) => textOf(doc).insertEmbed(0, { video: "https://evil.example" }),
			refusal: "refused_update: no such content in the text",
		},
		{
			name: "a type in the text",
			edit: (doc) => textOf(doc).insertEmbed(0, new Y.Map()),
			refusal: "refused_update: no such content in the text",
		},
		{
			name: "a stroke that no codec reads",
			edit: (doc) => strokesOf(doc).push([new Y.Map([["d", Uint8Array.of(1, 1, 0, 9)]])]),
			refusal: "bad_item: cut short",
		},
		{
			name: "a stroke of a version that nobody writes",
			edit: (doc) => strokesOf(doc).push([new Y.Map([["d", Uint8Array.of(9, 9, 9)]])]),
			refusal: "refused_update: no part of an item",
		},
		{
			name: "a size and turn that no codec reads",
			edit: (doc) => strokesOf(doc).push([new Y.Map([["s", Uint8Array.of(1, 0, 0, 0)]])]),
			refusal: "bad_item: no such size",
		},
		...Object.entries({ s: Uint8Array.of(2), z: [1, 2], g: "x".repeat(129) }).map(
			([key, value]) => ({
				name: `an arrangement that there is not (${key})`,
				edit: (doc: Y.Doc) => strokesOf(doc).push([new Y.Map<unknown>([[key, value]])]),
				refusal: "refused_update: no part of an item",
			}),
		),
		...Object.entries({ f: 16, l: -1, o: 9.5, c: "red" }).map(([key, value]) => ({
			name: `a look that there is not (${key})`,
			edit: (doc: Y.Doc) => strokesOf(doc).push([new Y.Map<unknown>([[key, value]])]),
			refusal: "refused_update: no part of an item",
		})),
		{
			name: "a list on the board",
			edit: (doc) => strokesOf(doc).push([new Y.Array()]),
			refusal: "refused_update: another type than the schema's",
		},
		{
			name: "a type in an item",
			edit: (doc) => strokesOf(doc).push([new Y.Map([["deep", new Y.Map()]])]),
			refusal: "refused_update: no such content here",
		},
		{
			name: "a text among the points of an item",
			edit: (doc) =>
				strokesOf(doc).push([new Y.Map([["points", Y.Array.from([new Y.Text("x")])]])]),
			refusal: "refused_update: no point",
		},
		{
			name: "a photo is put over somebody else's",
			edit: (doc) => photosOf(doc).set(photo, new Y.Map()),
			refusal: "not_allowed: moderate",
		},
		{
			name: "somebody else's photo is deleted",
			edit: (doc) => photosOf(doc).delete(photo),
			refusal: "not_allowed: moderate",
		},
		{
			name: "a fact of somebody else's photo is changed",
			edit: (doc) => photos(doc).set("blob", "b".repeat(64)),
			refusal: "not_allowed: moderate",
		},
		{
			name: "somebody else's photo becomes one's own",
			edit: (doc, mallory) => photos(doc).set("by", mallory.userId),
			refusal: "not_allowed: moderate",
		},
		{
			name: "the caption of somebody else's photo is replaced",
			edit: (doc) => photos(doc).set("caption", new Y.Text()),
			refusal: "not_allowed: moderate",
		},
		{
			name: "a photo in somebody else's name",
			edit: (doc) => photosOf(doc).set(other, new Y.Map([["by", "g_ann"]])),
			refusal: "refused_update: somebody else's photo",
		},
		{
			name: "a photo that is put into the bin in somebody else's name",
			edit: (doc) => photos(doc).set("gone", { by: "g_ann", at: 1 }),
			refusal: "refused_update: somebody else's photo",
		},
		{
			name: "a photo under a name that is no id",
			edit: (doc) => (photosOf(doc) as Y.Map<unknown>).set("../x", new Y.Map()),
			refusal: "refused_update: no photo's id",
		},
		{
			name: "a title that fills a screen",
			edit: (doc) => metaOf(doc).set("title", "x".repeat(121)),
			refusal: "refused_update: no such title",
		},
		{
			name: "a fact about the room that nobody knows",
			edit: (doc) => metaOf(doc).set("evil", 1),
			refusal: "refused_update: no such title",
		},
		{
			name: "a doc in the doc",
			edit: (doc) => metaOf(doc).set("title", new Y.Doc()),
			refusal: "refused_update: no such content here",
		},
	];

	test.each(attacks)("$name", ({ edit, refusal }) => {
		const { room, ann } = together();
		const mallory = new Hand("g_mallory", 66);
		room.edit(ann, (doc) => textOf(doc).insert(0, "hello"));
		room.edit(ann, speak(ann, "first"));
		room.edit(ann, (doc) =>
			addPhoto(photosOf(doc), photo, draft, { person: personOf(ann), at: 1 }),
		);
		room.show(mallory);
		const before = Y.encodeStateAsUpdate(room.doc);
		expect(room.edit(mallory, (doc) => void edit(doc, mallory))).toBe(refusal);
		expect(Y.encodeStateAsUpdate(room.doc)).toEqual(before);
		expect(room.edit(ann, (doc) => textOf(doc).insert(5, "!"))).toBe("new");
	});

	test("a key in a list of points, which nobody would see", () => {
		const { room } = together();
		const mallory = new Hand("g_mallory", 66);
		const item = () => new Y.Map([["points", Y.Array.from([1, 2])]]);
		expect(room.edit(mallory, (doc) => strokesOf(doc).push([item()]))).toBe("new");
		const [made] = strokesOf(mallory.doc).toArray() as Y.Map<Y.Array<number>>[];
		const points = made?.get("points");
		const { client, clock } = points?._item?.id ?? { client: 0, clock: 0 };
		const keyed = encoding.encode((encoder) => {
			writeAll(encoder, [1, 1, 66, Y.getState(mallory.doc.store, 66)]);
			encoding.writeUint8(encoder, contentRefs.any | 0x20);
			writeAll(encoder, [0, client, clock]);
			encoding.writeVarString(encoder, "hidden");
			writeAll(encoder, [1]);
			encoding.writeAny(encoder, 7);
			writeAll(encoder, [0]);
		});
		expect(room.take(mallory, keyed)).toBe("refused_update: a key in a list of points");
	});

	test("a message that arrives as deleted already", () => {
		const { room } = together();
		const mallory = new Hand("g_mallory", 66);
		mallory.make((doc) => chatOf(doc).push([message(mallory)]));
		mallory.make((doc) => chatOf(doc).delete(0, 1));
		const all = Y.encodeStateAsUpdate(mallory.doc);
		expect(room.take(mallory, all)).toBe("refused_update: no such content here");
	});

	test("a stock client may call itself anything but somebody's id", () => {
		const { room } = together();
		const stock = new Hand("anyone", 9);
		const as = (by: unknown) => room.edit(stock, (doc) => chatOf(doc).push([{ by, body: "hi" }]));
		expect(["Stock", "", "anyone"].map(as)).toEqual(["new", "new", "new"]);
		expect(as("g_ann")).toBe("refused_update: somebody else's message");
	});
});

describe("structs that no editor writes, in guarded and in open rooms", () => {
	describe.each(["guarded", "open"] as const)("in a room that is %s", (kind) => {
		const mallory = new Hand("g_mallory", 66);

		/** A room in which client 11 wrote a text and a message. */
		function written(text: string) {
			const room = new GuardedDoc(false, kind);
			const ann = new Hand("g_ann", 11);
			expect(room.edit(ann, (doc) => textOf(doc).insert(0, text))).toBe("new");
			expect(room.edit(ann, speak(ann, "first"))).toBe("new");
			return room;
		}

		test("between the text and the chat", () => {
			const room = written("ab");
			const runs = [
				{ text: "x", origin: { client: 11, clock: 1 }, rightOrigin: { client: 11, clock: 2 } },
			];
			const said = room.take(mallory, lettersOf({ client: 66 }, runs));
			expect(said).toBe("refused_update: neighbours at different places");
		});

		test("with the left neighbour at the right", () => {
			const room = written("ab");
			const runs = [
				{ text: "x", origin: { client: 11, clock: 1 }, rightOrigin: { client: 11, clock: 0 } },
			];
			const said = room.take(mallory, lettersOf({ client: 66 }, runs));
			expect(said).toBe("refused_update: neighbours the wrong way round");
		});

		test("with the left neighbour at the right in an item that comes along", () => {
			const room = written("ab");
			const turned = { origin: { client: 66, clock: 2 }, rightOrigin: { client: 66, clock: 1 } };
			const runs = [{ text: "xyz" }, { text: "!", ...turned }];
			const said = room.take(mallory, lettersOf({ client: 66 }, runs));
			expect(said).toBe("refused_update: neighbours the wrong way round");
		});

		test("with the left neighbour at the right where that comes along: found out late", () => {
			const room = written("ab");
			const runs = [
				{ text: "x", origin: { client: 11, clock: 1 } },
				{ text: "y", origin: { client: 66, clock: 0 }, rightOrigin: { client: 11, clock: 0 } },
			];
			const bytes = lettersOf({ client: 66 }, runs);
			const { fates, isSpoilt, taken } = room.batch([{ author: mallory, bytes }]);
			expect(fates.map(({ verdict }) => verdict)).toEqual(["refused"]);
			expect(isSpoilt).toBe(true);
			expect(taken).toEqual([]);
		});

		test("the rest of something known that says it stands elsewhere", () => {
			const room = new GuardedDoc(false, kind);
			const inRoot = (root: string, text: string) =>
				room.take(mallory, lettersOf({ client: 66 }, [{ text, root }]));
			expect(inRoot("text", "ab")).toBe("new");
			for (const root of ["strokes", "chat", "meta", "evil"]) {
				expect(inRoot(root, "abcd")).toMatch(/^refused_update/);
			}
			expect(inRoot("text", "abcd")).toBe("new");
			expect(textOf(room.doc).toString()).toBe("abcd");
		});

		test("between two that were never neighbours", () => {
			const room = written("ac");
			const [ann, ben] = [new Hand("g_ann", 11), new Hand("g_ben", 22)];
			room.show(ben);
			room.edit(ben, (doc) => textOf(doc).insert(1, "b"));
			const first = { client: 11, clock: 0 };
			const second = { client: 11, clock: 1 };
			const last = { client: 11, clock: 3 };
			const runs = [{ text: "d", origin: second }];
			expect(room.take(ann, lettersOf(last, runs))).toBe("new");
			const between = (client: number, rightOrigin: StructId) => {
				const run = { text: "x", rightOrigin, origin: first };
				return room.take(mallory, lettersOf({ client }, [run]));
			};
			expect(between(66, last)).toBe("refused_update: neighbours the wrong way round");
			expect(between(67, { client: 22, clock: 0 })).toBe("new");
			expect(textOf(room.doc).toString()).toBe("axbcd");
		});

		test("a delete of no length, of nobody or between the halves of a character", () => {
			const room = written("👋");
			const runs = [{ text: "x", origin: { client: 11, clock: 1 } }];
			for (const range of [
				[11, 1, 0],
				[12, 100, 0],
			] as const) {
				const said = room.take(mallory, lettersOf({ client: 66 }, runs, [range]));
				expect(said).toBe("refused_update: deletes nothing");
			}
		});
	});

	test("the rest of something that was deleted with all around it", () => {
		const room = new GuardedDoc(false, "open");
		const mallory = new Hand("g_mallory", 66);
		const list = (doc: Y.Doc) => doc.getArray<unknown>("list");
		room.edit(mallory, (doc) => list(doc).push([new Y.Map([["t", new Y.Text("abc")]])]));
		room.edit(mallory, (doc) => list(doc).delete(0, 1));
		const runs = [{ text: "abcdef", root: "text" }];
		const said = room.take(mallory, lettersOf({ client: 66, clock: 2 }, runs));
		expect(said).toBe("refused_update: the rest of something that stands elsewhere");
	});

	test("a root that the schema does not know, in something that is known", () => {
		const room = new GuardedDoc();
		const mallory = new Hand("g_mallory", 66);
		room.take(mallory, lettersOf({ client: 66 }, [{ text: "ab" }]));
		const runs = [
			{ text: "ab", root: "evil" },
			{ text: "c", origin: { client: 66, clock: 1 } },
		];
		const said = room.take(mallory, lettersOf({ client: 66 }, runs));
		expect(said).toBe("refused_update: no such root");
		expect(room.doc.share.has("evil")).toBe(false);
	});
});
