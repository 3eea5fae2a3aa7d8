/** Everybody's board, opened empty: Weft's built app, and the peers as people embed them. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import * as Y from "yjs";
import { encodeUpdate } from "../../../shared/protocol.ts";
import { addStrokes } from "../../../shared/surfaces/board.ts";
import { strokesOf } from "../../../shared/surfaces/root.ts";
import { type BoardPeerName, isBoardPeer } from "../../converge/systems/peers.ts";
import type { Stage } from "../drive/stage.ts";
import { Seat } from "../people/seat.ts";
import { weftStroke } from "./convert.ts";
import { hold, installWeft } from "./in-page.ts";
import { answerWith, builtPage } from "./peer-page.ts";
import { type Strokes, strokeAt } from "./strokes.ts";
import { BoardTab } from "./tab.ts";

/** The room that boards of Weft are in. */
export const room = "board";

/** An empty board. `close()` it. */
export interface OpenBoard {
	readonly tab: BoardTab;
	/** Makes the strokes ready, where the page itself has them. */
	hold(): Promise<void>;
	/** Sends the strokes, where they come over the network. */
	send(): void;
	close(): Promise<void>;
}

/** Opens the contestant's board; it will show these strokes. */
export function openBoard(stage: Stage, strokes: Strokes): Promise<OpenBoard> {
	const { name } = stage.contestant;
	return isBoardPeer(name) ? openPeer(name, strokes) : openWeft(stage, strokes);
}

/** A room of Weft's server, whose strokes come as one update of somebody else. */
async function openWeft(stage: Stage, strokes: Strokes): Promise<OpenBoard> {
	const server = await stage.serve();
	const tab = await BoardTab.open(`${server.origin}/r/${room}/board`, async (page) => {
		// The board without the document beside it.
		await page.addInitScript(() => localStorage.setItem("weft:split", "off"));
	});
	try {
		await tab.page.evaluate(installWeft);
		await tab.fit(".weft-board__paper");
		const seat = await Seat.join(server, room);
		const frame = seat.words.frame(encodeUpdate(updateOf(strokes)));
		return {
			tab,
			hold: async () => undefined,
			send: () => seat.send(frame),
			close: async () => {
				seat.leave();
				await tab.close();
			},
		};
	} catch (error) {
		await tab.close();
		throw error;
	}
}

/** All strokes as one update. */
function updateOf(strokes: Strokes): Uint8Array {
	const doc = new Y.Doc();
	const all = Array.from({ length: strokes.count }, (_, index) => {
		return weftStroke(strokeAt(strokes, index));
	});
	addStrokes(strokesOf(doc), all);
	return Y.encodeStateAsUpdate(doc);
}

/** A peer's page, which is given the strokes as numbers and makes its own kind of them. */
async function openPeer(name: BoardPeerName, strokes: Strokes): Promise<OpenBoard> {
	const folder = await builtPage(name);
	const { buffer, byteOffset, byteLength } = strokes.points;
	const bytes = Buffer.from(buffer, byteOffset, byteLength);
	const site = createServer((asked, answer) => answerWith({ folder, bytes }, asked, answer));
	await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
	const closeSite = () => {
		site.closeAllConnections();
		site.close();
	};
	try {
		const { port } = site.address() as AddressInfo;
		const tab = await BoardTab.open(`http://localhost:${port}/`);
		const close = async () => {
			await tab.close();
			closeSite();
		};
		try {
			await tab.page.waitForFunction("globalThis.benchBoard?.isReady()");
			await tab.fit("#board");
		} catch (error) {
			await close();
			throw error;
		}
		return { tab, hold: () => tab.page.evaluate(hold), send: () => undefined, close };
	} catch (error) {
		closeSite();
		throw error;
	}
}
