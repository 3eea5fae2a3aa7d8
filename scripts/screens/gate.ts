/** Stands between a page and its server, and does to the room's socket what a state needs. */
import type { Page, WebSocketRoute } from "playwright-core";
import { type FailureCode, failures } from "../../shared/errors.ts";
import { encodeRefused, encodeWritable } from "../../shared/protocol.ts";

/** What the gate does. */
export interface Gate {
	/** The network is gone, also for pages and pictures. */
	cut(): Promise<void>;
	/** It is there again. */
	mend(): Promise<void>;
	/** The server sends this page away, now and whenever it comes again. */
	refuse(code: FailureCode): Promise<void>;
	/** The server is there and stores nothing. */
	hold(code: FailureCode): void;
	/** The server does not take what this page sent. */
	lose(code: FailureCode): void;
}

type Way =
	| { readonly way: "open" }
	| { readonly way: "cut" }
	| { readonly way: "refused"; readonly code: FailureCode };

/** Puts a gate before the page's sockets; do it before the page is opened. */
export async function openGate(page: Page): Promise<Gate> {
	const live = new Set<WebSocketRoute>();
	let way: Way = { way: "open" };
	await page.routeWebSocket(/\/sync\//, (socket) => {
		if (way.way === "open") {
			socket.connectToServer();
			live.add(socket);
		} else void turnAway(socket, way);
	});
	const close = async (): Promise<void> => {
		await Promise.all([...live].map((socket) => turnAway(socket, way)));
		live.clear();
	};
	return {
		async cut() {
			way = { way: "cut" };
			await page.context().setOffline(true);
			await close();
		},
		async mend() {
			way = { way: "open" };
			await page.context().setOffline(false);
		},
		async refuse(code) {
			way = { way: "refused", code };
			await close();
		},
		hold(code) {
			for (const socket of live) socket.send(Buffer.from(encodeWritable(code)));
		},
		lose(code) {
			const frame = encodeRefused({ code, frameIndex: 0 });
			for (const socket of live) socket.send(Buffer.from(frame));
		},
	};
}

function turnAway(socket: WebSocketRoute, way: Way): Promise<void> {
	if (way.way !== "refused") return socket.close();
	return socket.close({ code: failures[way.code].close, reason: way.code });
}
