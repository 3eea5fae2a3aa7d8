import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { type BlobId, type PhotoId, parseBlobId } from "../../../../shared/ids.ts";
import {
	copyItems,
	groupItems,
	liftItems,
	lockItems,
	moveItems,
	addPhoto as placePhoto,
	restyleItems,
	standItems,
} from "../../../../shared/surfaces/arrange/edits.ts";
import { addStroke } from "../../../../shared/surfaces/board.ts";
import { say } from "../../../../shared/surfaces/chat.ts";
import {
	addPhoto,
	captionOf,
	dropPlaceholder,
	finishPhoto,
	removePhoto,
	restorePhoto,
} from "../../../../shared/surfaces/photos.ts";
import { chatOf, metaOf, photosOf, strokesOf, textOf } from "../../../../shared/surfaces/root.ts";
import { addShape, shapeKinds } from "../../../../shared/surfaces/shapes.ts";
import {
	authorOf,
	draft,
	GuardedDoc,
	Hand,
	message,
	other,
	personOf,
	photo,
	speak,
	stroke,
	together,
} from "../../../fixtures/rooms/guarded.ts";

const box = { minX: 0, minY: 0, maxX: 4, maxY: 3 };

describe("what honest people send is taken", () => {
	test("typing, formats, photos in the text, deletes", () => {
		const { room, ann } = together();
		expect(room.edit(ann, (doc) => textOf(doc).insert(0, "hello 👋🏽"))).toBe("new");
		expect(room.edit(ann, (doc) => textOf(doc).format(0, 3, { bold: true, header: 1 }))).toBe(
			"new",
		);
		expect(room.edit(ann, (doc) => textOf(doc).format(0, 2, { bold: null }))).toBe("new");
		expect(room.edit(ann, (doc) => textOf(doc).insertEmbed(2, { photo }))).toBe("new");
		expect(room.edit(ann, (doc) => textOf(doc).delete(1, 3))).toBe("new");
	});

	test("a drawing that grows, moves, is erased, and comes back by undo and goes by redo", () => {
		const { room, ann, ben } = together();
		const undo = new Y.UndoManager(strokesOf(ann.doc), { captureTimeout: 0 });
		expect(room.edit(ann, (doc) => addStroke(strokesOf(doc), stroke))).toBe("new");
		room.show(ben);
		const move = (doc: Y.Doc) =>
			moveItems(strokesOf(doc), new Set(strokesOf(doc).toArray()), { x: 5, y: 5 });
		expect(room.edit(ben, move)).toBe("new");
		expect(room.edit(ben, move)).toBe("new");
		room.show(ann);
		expect(room.edit(ann, (doc) => strokesOf(doc).delete(0, 1))).toBe("new");
		expect(
			room.take(
				ann,
				ann.undo(() => undo.undo()),
			),
		).toBe("new");
		expect(
			room.take(
				ann,
				ann.undo(() => undo.redo()),
			),
		).toBe("new");
		expect(room.edit(ann, (doc) => placePhoto(strokesOf(doc), photo, box))).toBe("new");
	});

	test("an item that is turned, laid elsewhere, grouped, restyled, copied, locked", () => {
		const { room, ann, ben } = together();
		expect(room.edit(ann, (doc) => addStroke(strokesOf(doc), stroke))).toBe("new");
		room.show(ben);
		const pose = { wide: -2, high: 0.5, turn: 30 };
		const by = { by: { x: 9, y: 9 }, groupOf: () => "h" };
		const acts: ((board: Y.Array<unknown>, all: Set<unknown>) => unknown)[] = [
			(board, [entry]) => standItems(board, new Map([[entry, { x: 1, y: 2, pose }]])),
			(board, [entry]) => liftItems(board, new Map([[entry, [ann.doc.clientID, 0, 1.5]]])),
			(board, all) => groupItems(board, all, "g"),
			(board, all) => restyleItems(board, all, { color: 3, width: 0, dash: "dotted" }),
			(board, all) => restyleItems(board, all, { dash: "solid" }),
			(board, all) => copyItems(board, all, by),
			(board, all) => lockItems(board, all, true),
		];
		for (const act of acts) {
			const edit = (doc: Y.Doc) => void act(strokesOf(doc), new Set(strokesOf(doc).toArray()));
			expect(room.edit(ben, edit)).toBe("new");
		}
		expect(strokesOf(room.doc).toJSON()).toHaveLength(2);
	});

	test("shapes of every kind and look, and another look later", () => {
		const { room, ann, ben } = together();
		const look = { fill: "solid", dash: "dotted", opacity: 10 } as const;
		for (const kind of shapeKinds) {
			const points = [0, 0, 30, 20] as const;
			const shape = { kind, color: 7, width: 3, look, points };
			expect(room.edit(ann, (doc) => addShape(strokesOf(doc), shape))).toBe("new");
		}
		room.show(ben);
		const restyle = (doc: Y.Doc) => {
			const item = strokesOf(doc).get(0);
			if (!(item instanceof Y.Map)) throw new Error("no item");
			for (const [key, value] of Object.entries({ f: 0, l: 1, o: 99, c: 2, w: 1 })) {
				item.set(key, value);
			}
		};
		expect(room.edit(ben, restyle)).toBe("new");
	});

	test("a stock client's drawings: plain, and as maps with lists of points", () => {
		const { room, ann } = together();
		const points = [
			[0, 0],
			[4, 5],
		];
		const plain = { points, color: "red", width: 4 };
		expect(room.edit(ann, (doc) => strokesOf(doc).push([plain]))).toBe("new");
		const list = () => Y.Array.from([{ x: 1, y: 2 }]);
		const map = () => new Y.Map<unknown>([...Object.entries({ color: "red", id: "s1" })]);
		expect(
			room.edit(ann, (doc) => {
				const item = map();
				item.set("points", list());
				strokesOf(doc).push([item]);
			}),
		).toBe("new");
	});

	test("two messages at once, and several that one item holds", () => {
		const { room, ann, ben } = together();
		const first = ann.make(speak(ann, "one"));
		const second = ben.make(speak(ben, "two"));
		expect(room.take(ann, first)).toBe("new");
		expect(room.take(ben, second)).toBe("new");
		room.show(ann, ben);
		const more = ["three", "four", "five"].map((body) => ann.make(speak(ann, body)));
		expect(room.take(ann, Y.mergeUpdates(more))).toBe("new");
		expect(room.edit(ann, (doc) => chatOf(doc).push([message(ann), message(ann)]))).toBe("new");
		expect(chatOf(room.doc).length).toBe(7);
	});

	test("answers, corrections, reactions, comments on a passage", () => {
		const { room, ann } = together();
		room.edit(ann, (doc) => textOf(doc).insert(0, "words"));
		const at = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(textOf(ann.doc), 1));
		const drafts = [
			{ body: "yes", replyTo: "m1" },
			{ body: "no", corrects: "m1" },
			{ body: "👍🏽", reacts: "m1" },
			{ body: "", retracts: "m1" },
			{ body: "", photo },
			{ body: "here", anchor: { from: at, to: at, quote: "o" } },
			{ body: "there", anchor: { photo } },
		];
		for (const words of drafts) {
			const edit = (doc: Y.Doc) => void say(chatOf(doc), words, authorOf(ann));
			expect([words, room.edit(ann, edit)]).toEqual([words, "new"]);
		}
	});

	test("a photo from its placeholder to the bin and back, and everybody's caption", () => {
		const { room, ann, ben } = together();
		const photos = (doc: Y.Doc) => photosOf(doc);
		const author = { person: personOf(ann), at: 1 };
		expect(room.edit(ann, (doc) => addPhoto(photos(doc), photo, draft, author))).toBe("new");
		const blob = parseBlobId("a".repeat(64)) as BlobId;
		const received = { ...draft, width: 9, blob, receivedAtMs: 77, originalBytes: 5 };
		expect(room.edit(ann, (doc) => finishPhoto(photos(doc), photo, received))).toBe("new");
		room.show(ben);
		expect(room.edit(ben, (doc) => captionOf(photos(doc), photo)?.insert(0, "sea"))).toBe("new");
		expect(room.edit(ben, (doc) => captionOf(photos(doc), photo)?.delete(0, 1))).toBe("new");
		const bens = { person: personOf(ben), at: 2 };
		expect(room.edit(ben, (doc) => removePhoto(photos(doc), photo, bens))).toBe("new");
		expect(room.edit(ben, (doc) => restorePhoto(photos(doc), photo))).toBe("new");
		expect(room.edit(ann, (doc) => addPhoto(photos(doc), other, draft, author))).toBe("new");
		expect(room.edit(ann, (doc) => dropPlaceholder(photos(doc), other))).toBe("new");
	});

	test("title and schema", () => {
		const { room, ann } = together();
		expect(room.edit(ann, (doc) => metaOf(doc).set("schema", 1))).toBe("new");
		expect(room.edit(ann, (doc) => metaOf(doc).set("title", "Spring"))).toBe("new");
		expect(room.edit(ann, (doc) => metaOf(doc).set("title", ""))).toBe("new");
	});

	test("offline work over three reloads on every surface, in one update", () => {
		const { room, ann, ben } = together();
		room.edit(ben, (doc) => textOf(doc).insert(0, "Ben was here"));
		room.show(ann);
		for (const clientId of [31, 5, 77]) {
			ann.doc.clientID = clientId;
			ann.make((doc) => {
				textOf(doc).insert(3, `<${clientId}>`);
				textOf(doc).delete(0, 2);
				addStroke(strokesOf(doc), stroke);
				say(chatOf(doc), { body: "offline" }, authorOf(ann));
			});
			const id = `photo-${clientId}-x` as PhotoId;
			ann.make((doc) => addPhoto(photosOf(doc), id, draft, { person: personOf(ann), at: 1 }));
			ann.make((doc) => captionOf(photosOf(doc), id)?.insert(0, "sea"));
		}
		const missing = Y.encodeStateAsUpdate(ann.doc, Y.encodeStateVector(room.doc));
		expect(room.take(ann, missing)).toBe("new");
		for (const rootOf of [textOf, strokesOf, chatOf, photosOf]) {
			expect(rootOf(room.doc).toJSON()).toEqual(rootOf(ann.doc).toJSON());
		}
	});

	test("an update whose first part is known, within one item too", () => {
		const { room, ann } = together();
		const first = ann.make((doc) => textOf(doc).insert(0, "one"));
		const second = ann.make((doc) => textOf(doc).insert(3, " two"));
		expect(room.take(ann, first)).toBe("new");
		expect(room.take(ann, Y.encodeStateAsUpdate(ann.doc))).toBe("new");
		expect(room.take(ann, second)).toBe("known");
		expect(textOf(room.doc).toString()).toBe("one two");
	});

	test("what was made and deleted before it was sent", () => {
		const { room, ann } = together();
		ann.make((doc) => {
			addStroke(strokesOf(doc), stroke);
			addPhoto(photosOf(doc), photo, draft, { person: personOf(ann), at: 1 });
			textOf(doc).insert(0, "gone");
		});
		ann.make((doc) => {
			strokesOf(doc).delete(0, 1);
			photosOf(doc).delete(photo);
			textOf(doc).delete(0, 4);
		});
		expect(room.take(ann, Y.encodeStateAsUpdate(ann.doc))).toBe("new");
	});

	test("a reader's whole delete set, whoever deleted", () => {
		const { room, ann } = together();
		const viewer = new Hand("g_vic", 33, "viewer");
		room.edit(ann, (doc) => textOf(doc).insert(0, "abcdefgh"));
		room.edit(ann, (doc) => textOf(doc).delete(2, 3));
		room.show(viewer);
		const vector = Y.encodeStateVector(room.doc);
		expect(room.take(viewer, Y.encodeStateAsUpdate(viewer.doc, vector))).toBe("known");
	});

	test("what others wrote, where the server heals from an older backup", () => {
		const { room, ann, ben } = together();
		room.edit(ben, speak(ben, "lost?"));
		room.edit(ben, (doc) =>
			addPhoto(photosOf(doc), photo, draft, { person: personOf(ben), at: 1 }),
		);
		room.show(ann);
		const all = Y.encodeStateAsUpdate(ann.doc);
		expect(new GuardedDoc(true).take(ann, all)).toBe("new");
		expect(new GuardedDoc().take(ann, all)).toBe("refused_update: somebody else's message");
	});

	test("several people's updates in one batch", () => {
		const { room, ann, ben } = together();
		const text = ann.make((doc) => textOf(doc).insert(0, "a"));
		const words = ben.make(speak(ben, "b"));
		const photoOfAnn = ann.make((doc) =>
			addPhoto(photosOf(doc), photo, draft, { person: personOf(ann), at: 1 }),
		);
		const sent = [
			{ author: ann, bytes: text },
			{ author: ben, bytes: words },
			{ author: ann, bytes: photoOfAnn },
		];
		expect(room.batch(sent).fates.map(({ verdict }) => verdict)).toEqual(["new", "new", "new"]);
	});

	test("what stands between own words that were not sent and words of somebody else", () => {
		const { room, ann, ben } = together();
		room.edit(ann, (doc) => textOf(doc).insert(0, "LR"));
		room.show(ben);
		const before = ann.make((doc) => textOf(doc).insert(1, "X"));
		expect(room.edit(ben, (doc) => textOf(doc).insert(1, "Y"))).toBe("new");
		room.show(ann);
		expect(textOf(ann.doc).toString()).toBe("LXYR");
		const between = ann.make((doc) => textOf(doc).insert(2, "S"));
		expect(room.take(ann, Y.mergeUpdates([before, between]))).toBe("new");
		expect(textOf(room.doc).toString()).toBe("LXSYR");
	});
});
