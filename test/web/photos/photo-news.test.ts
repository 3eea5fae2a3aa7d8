import { expect, test } from "vitest";
import * as Y from "yjs";
import type { BlobId, PhotoId } from "../../../shared/ids.ts";
import {
	addPhoto,
	finishPhoto,
	removePhoto,
	restorePhoto,
} from "../../../shared/surfaces/photos.ts";
import { photosOf } from "../../../shared/surfaces/root.ts";
import { PhotoNews, sayNews } from "../../../web/photos/photo-news.ts";

const [ann, ben, eve] = ["Ann", "Ben", "Eve"].map((name) => ({
	id: `g_${name}`,
	name,
	color: "#aa3300",
})) as [Person, Person, Person];
interface Person {
	readonly id: string;
	readonly name: string;
	readonly color: string;
}

/** Ann's browser: what she is told, and when the gathering is over. */
function annsRoom() {
	const doc = new Y.Doc();
	const photos = photosOf(doc);
	const told: string[] = [];
	const due: (() => void)[] = [];
	let nowMs = 0;
	const news = new PhotoNews({
		doc,
		clock: {
			now: () => 0,
			elapsed: () => nowMs,
			after: (_ms, run) => {
				due.push(run);
				return () => undefined;
			},
		},
		isMine: (by) => by === ann.id,
		tell: (what) => told.push(sayNews(what)),
	});
	const share = (id: string, person: Person) => {
		addPhoto(photos, id as PhotoId, { type: "", width: 1, height: 1, bytes: 1 }, { person, at: 1 });
		news.follow({ photos: new Set([id]), isLocal: person === ann });
		const blob = "ab".repeat(32) as BlobId;
		const received = { blob, type: "image/png", width: 1, height: 1, bytes: 1, receivedAtMs: 2 };
		finishPhoto(photos, id as PhotoId, received);
		news.follow({ photos: new Set([id]), isLocal: person === ann });
	};
	const remove = (id: string, person: Person) => {
		removePhoto(photos, id as PhotoId, { person, at: 3 });
		news.follow({ photos: new Set([id]), isLocal: person === ann });
	};
	const restore = (id: string) => {
		restorePhoto(photos, id as PhotoId);
		news.follow({ photos: new Set([id]), isLocal: false });
	};
	const wait = (restMs = 60_000) => {
		nowMs += restMs;
		for (const run of due.splice(0)) run();
		return told.splice(0);
	};
	return { news, share, remove, restore, wait };
}

test("what was there before is no news", () => {
	const { news, share, wait } = annsRoom();
	share("photo-01", ben);
	news.begin();
	expect(wait()).toEqual([]);
	share("photo-02", ben);
	expect(wait()).toEqual(["Ben shared a photo"]);
});

test("many photos are one sentence", () => {
	const { news, share, wait } = annsRoom();
	news.begin();
	for (let index = 10; index < 22; index++) share(`photo-${index}`, ben);
	expect(wait()).toEqual(["Ben shared 12 photos"]);
	share("photo-31", ben);
	share("photo-32", eve);
	expect(wait()).toEqual(["2 new photos from 2 people"]);
});

test("own photos are no news", () => {
	const { news, share, remove, wait } = annsRoom();
	news.begin();
	share("photo-01", ann);
	remove("photo-01", ann);
	expect(wait()).toEqual([]);
});

test("a photo that others remove is news, one that came and went at once is none", () => {
	const { news, share, remove, restore, wait } = annsRoom();
	share("photo-01", ann);
	share("photo-02", ann);
	news.begin();
	remove("photo-01", ben);
	expect(wait()).toEqual(["A photo was removed"]);
	share("photo-03", ben);
	remove("photo-03", ben);
	remove("photo-02", ben);
	restore("photo-02");
	expect(wait()).toEqual([]);
});

test("what goes on coming is one story that grows, until there is a pause", () => {
	const { news, share, wait } = annsRoom();
	news.begin();
	share("photo-01", ben);
	expect(wait()).toEqual(["Ben shared a photo"]);
	for (const id of ["photo-02", "photo-03"]) share(id, ben);
	expect(wait(4_000)).toEqual(["Ben shared 3 photos"]);
	share("photo-04", eve);
	expect(wait(4_000)).toEqual(["4 new photos from 2 people"]);
	share("photo-05", eve);
	expect(wait(60_000)).toEqual(["Eve shared a photo"]);
});
