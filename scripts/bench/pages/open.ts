/**
 * The contestants as pages: the floor is a plain Quill here, the reference y-quill with
 * y-websocket, and Weft its app as it is built, each in a Chromium of its own.
 */
import * as Y from "yjs";
import { textOf } from "../../../shared/surfaces/root.ts";
import { beforeName } from "../contestants.ts";
import type { Stage } from "../drive/stage.ts";
import { fill } from "../people/documents.ts";
import { fillQuill } from "./in-page.ts";
import { bundlePeers, handsOnTo, PageSite } from "./site.ts";
import { MeasuredTab } from "./tab.ts";

const room = "measured";

/** A page that shows a doc. `close()` it. */
export interface OpenPage {
	readonly tab: MeasuredTab;
	/** Its room; what a page does alone, or says to its own server, is not heard there. */
	readonly site: PageSite;
	close(): Promise<void>;
}

/** True where the contestant is Weft's app. */
function isApp({ contestant }: Stage): boolean {
	return contestant.name === "weft" || contestant.name === beforeName;
}

/** True where it is Quill alone, which knows no room. */
export function isPlain({ contestant }: Stage): boolean {
	return contestant.name === "floor";
}

/** Opens the contestant's page in a room of ours, which holds `doc` and says what it is told to. */
export async function openQuietRoom(stage: Stage, doc: Y.Doc): Promise<OpenPage> {
	if (!isApp(stage)) return openPeer(stage, doc);
	const { origin } = await stage.serve();
	const site = await PageSite.open(handsOnTo(origin), doc);
	return openOn(site, { path: `/r/${room}`, doc });
}

/** The same with Weft's own server behind its app: each key is saved. */
export async function openRealRoom(stage: Stage, doc: Y.Doc): Promise<OpenPage> {
	if (!isApp(stage)) return openPeer(stage, doc);
	const server = await stage.serve();
	await fill(server, room, { about: "", updates: [Y.encodeStateAsUpdate(doc)], doc });
	const site = await PageSite.open(handsOnTo(server.origin), doc);
	return openOn(site, { path: `/r/${room}`, doc, origin: server.origin });
}

async function openPeer(stage: Stage, doc: Y.Doc): Promise<OpenPage> {
	const { serve, remove } = await bundlePeers();
	const site = await PageSite.open(serve, doc);
	const path = isPlain(stage) ? "/peers.html" : `/peers.html?room=${room}`;
	const ops = isPlain(stage) ? textOf(doc).toDelta() : null;
	const open = await openOn(site, { path, doc, ops });
	const close = async () => {
		await open.close();
		await remove();
	};
	return { ...open, close };
}

interface Address {
	readonly path: string;
	readonly doc: Y.Doc;
	/** Where the page comes from, if not from the site. */
	readonly origin?: string;
	/** What is put into the editor, where no room does it. */
	readonly ops?: unknown;
}

async function openOn(site: PageSite, { path, doc, origin, ops }: Address): Promise<OpenPage> {
	const tab = await MeasuredTab.open(`${origin ?? site.origin}${path}`);
	const close = async () => {
		await tab.close();
		await site.close();
	};
	try {
		if (ops) await tab.page.evaluate(fillQuill, ops);
		await tab.whenItShows(textOf(doc).length);
	} catch (error) {
		await close();
		throw error;
	}
	return { tab, site, close };
}
