/** The ways of all callers to one server: a proxy for each name, and what goes wrong on them. */
import type { Cancel, Clock, Millis } from "../../../shared/clock.ts";
import type { Fault } from "../plan.ts";
import type { Random } from "../random.ts";
import { type Direction, TcpProxy } from "./proxy.ts";
import { fairWeather, type Weather } from "./relay.ts";

/** What a network is made of. */
export interface NetworkParts {
	readonly clock: Clock;
	/** Where everybody is led; null while nobody answers. */
	readonly target: () => { readonly host: string; readonly port: number } | null;
	readonly random: Random;
}

/** How long a fault lasts, and a whole number that tells one from the next: which way, how slow. */
export interface Extent {
	readonly ms: Millis;
	readonly variety: number;
}

/** What can be brought about here. */
export const networkFaults: readonly Fault[] = [
	"cut",
	"halfOpen",
	"lag",
	"oneWay",
	"splitFrames",
	"slowReader",
	"roam",
];

/** A slow reader takes so much a second, at most. */
const slowBytesPerSecondMax = 32 * 1024;
/** A frame that is split comes in pieces of up to so many bytes. */
const pieceBytesMax = 7;
/** Frames that are merged are gathered for so long. */
const gatherMs: Millis = 40;

/** See the head of this file. */
export class Network {
	readonly #parts: NetworkParts;
	readonly #proxies = new Map<string, Promise<TcpProxy>>();
	/** Ends of faults that are under way. */
	readonly #ends = new Set<Cancel>();

	constructor(parts: NetworkParts) {
		this.#parts = parts;
	}

	/** The caller's proxy; opened at the first call. */
	proxyOf(name: string): Promise<TcpProxy> {
		const held = this.#proxies.get(name);
		if (held !== undefined) return held;
		const { target, random } = this.#parts;
		const proxy = TcpProxy.open({ target, random });
		this.#proxies.set(name, proxy);
		return proxy;
	}

	/** Brings about a fault on the way of that caller. */
	async fail(fault: Fault, name: string, { ms, variety }: Extent): Promise<void> {
		const proxy = await this.proxyOf(name);
		const [one, other] = variety % 2 === 0 ? both : ([both[1], both[0]] as const);
		if (fault === "cut") proxy.cut();
		else if (fault === "roam") proxy.roam();
		else if (fault === "halfOpen" || fault === "oneWay") {
			proxy.lose(one);
			if (fault === "halfOpen") proxy.lose(other);
			// For no time at all means: until all faults end.
			if (ms > 0) this.#after(ms, () => proxy.calm());
		} else if (fault === "lag") {
			const weather = { latencyMs: ms / 8, jitterMs: ms / 8 };
			for (const direction of both) this.#weather(proxy, direction, weather, ms);
		} else if (fault === "splitFrames") {
			const split = { pieceBytesMax: 1 + (variety % pieceBytesMax) };
			this.#weather(proxy, one, split, ms);
			this.#weather(proxy, other, { gatherMs }, ms);
		} else if (fault === "slowReader") {
			const bytesPerSecondMax = slowBytesPerSecondMax / (1 + (variety % 16));
			this.#weather(proxy, "down", { bytesPerSecondMax }, ms);
		}
	}

	/** Ends all faults. Connections that have lost something are reset. */
	async heal(): Promise<void> {
		for (const cancel of this.#ends) cancel();
		this.#ends.clear();
		for (const proxy of this.#proxies.values()) (await proxy).calm();
	}

	/** Resets all connections. */
	async cutAll(): Promise<void> {
		for (const proxy of this.#proxies.values()) (await proxy).cut();
	}

	/** Nothing listens any more. */
	async close(): Promise<void> {
		for (const cancel of this.#ends) cancel();
		await Promise.all([...this.#proxies.values()].map(async (proxy) => (await proxy).close()));
		this.#proxies.clear();
	}

	#weather(proxy: TcpProxy, direction: Direction, weather: Partial<Weather>, ms: Millis): void {
		proxy.set(direction, weather);
		this.#after(ms, () => proxy.set(direction, fairWeather));
	}

	#after(ms: Millis, run: () => void): void {
		const cancel = this.#parts.clock.after(ms, () => {
			this.#ends.delete(cancel);
			run();
		});
		this.#ends.add(cancel);
	}
}

const both = ["up", "down"] as const satisfies readonly Direction[];
