/**
 * A bad network on loopback: a TCP proxy for one caller. A test bed gives everybody one of their
 * own, so that each has a port, and with it weather, of their own; bytes keep their order within a
 * connection, and come in any order across them.
 *
 * A direction can also be lost: TCP repeats what is lost, so what a network does to it in the end
 * is that nothing comes any more while both sides believe in the connection. It never recovers:
 * it hangs until somebody gives it up, or `cut` or `calm` ends it.
 */
import { connect, createServer, type Server, type Socket } from "node:net";
import type { Random } from "../random.ts";
import { fairWeather, Relay, type Weather } from "./relay.ts";

/** From the client to the server, or from the server to the client. */
export type Direction = "up" | "down";

/** What a proxy is made of. */
export interface ProxyParts {
	/** Where connections lead now; null where nobody answers. */
	readonly target: () => { readonly host: string; readonly port: number } | null;
	readonly random: Random;
}

/** One connection: two sockets, two relays. */
interface Link {
	readonly client: Socket;
	readonly server: Socket;
	readonly relays: Readonly<Record<Direction, Relay>>;
	isLost: boolean;
}

/** See the head of this file. */
export class TcpProxy {
	readonly #parts: ProxyParts;
	readonly #server: Server;
	readonly #links = new Set<Link>();
	readonly #weather: Readonly<Record<Direction, Weather>> = {
		up: { ...fairWeather },
		down: { ...fairWeather },
	};

	private constructor(parts: ProxyParts) {
		this.#parts = parts;
		// A side that has ended may still be sent what is on its way.
		this.#server = createServer({ allowHalfOpen: true }, (client) => this.#accept(client));
	}

	/** Listens on a free port of 127.0.0.1. */
	static async open(parts: ProxyParts): Promise<TcpProxy> {
		const proxy = new TcpProxy(parts);
		await new Promise<void>((resolve, reject) => {
			proxy.#server.once("error", reject);
			proxy.#server.listen(0, "127.0.0.1", resolve);
		});
		return proxy;
	}

	/** Where it listens. */
	get port(): number {
		const address = this.#server.address();
		if (address === null || typeof address === "string") throw new Error("the proxy is closed");
		return address.port;
	}

	/** Connections that are open on either side. */
	get connectionCount(): number {
		return this.#links.size;
	}

	/** Changes the weather of a direction, for open connections and new ones. */
	set(direction: Direction, weather: Partial<Weather>): void {
		Object.assign(this.#weather[direction], weather);
		for (const { relays } of this.#links) relays[direction].hurry();
	}

	/** Of open connections, nothing arrives any more in a direction. */
	lose(direction: Direction): void {
		for (const link of this.#links) {
			link.isLost = true;
			link.relays[direction].lose();
		}
	}

	/** Resets every open connection at the client only: the server does not know that it left. */
	roam(): void {
		for (const direction of ["up", "down"] as const) this.lose(direction);
		for (const { client } of this.#links) client.resetAndDestroy();
	}

	/** Resets every open connection, on both sides. */
	cut(): void {
		for (const link of this.#links) reset(link);
	}

	/** Fair weather; connections that have lost something are reset. */
	calm(): void {
		for (const direction of ["up", "down"] as const) this.set(direction, fairWeather);
		for (const link of this.#links) if (link.isLost) reset(link);
	}

	/** Ends all connections and listens no more. Safe to call twice. */
	async close(): Promise<void> {
		this.cut();
		await new Promise<void>((resolve) => {
			this.#server.close(() => resolve());
		});
	}

	#accept(client: Socket): void {
		const target = this.#parts.target();
		if (target === null) {
			client.on("error", () => client.destroy());
			client.resetAndDestroy();
			return;
		}
		const server = connect({ ...target, allowHalfOpen: true });
		const { random } = this.#parts;
		for (const socket of [client, server]) socket.setNoDelay();
		const { up, down } = this.#weather;
		const relays = {
			up: new Relay({ from: client, to: server, weather: up, random }),
			down: new Relay({ from: server, to: client, weather: down, random }),
		};
		const link: Link = { client, server, relays, isLost: false };
		this.#links.add(link);
		for (const socket of [client, server]) {
			socket.on("close", () => {
				if (client.destroyed && server.destroyed) this.#links.delete(link);
			});
		}
	}
}

function reset({ client, server }: Link): void {
	client.resetAndDestroy();
	server.resetAndDestroy();
}
