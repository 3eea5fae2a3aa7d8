/**
 * What a scenario is handed: the server under test, started and ended for it, and a clock that also
 * looks at what server, clients and everybody else on the machine used meanwhile.
 */
import { cp, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Random, streamsOf } from "../../converge/random.ts";
import type { ServerProcess, System } from "../../converge/systems/system.ts";
import type { Slowness } from "../felt/slowness.ts";
import { type Load, type Look, loadBetween, sharesOf } from "./load.ts";
import { busyMs, used } from "./proc.ts";

/** A server that takes part. */
export interface Contestant {
	readonly name: string;
	readonly system: System;
	/** It keeps docs: a newcomer is told what is in a room. */
	readonly keepsDocs: boolean;
}

/** Which core is whose; null where nothing can be pinned. */
export interface Cores {
	readonly server: number;
	readonly client: number;
}

/** What is needed for one. */
export interface StageParts {
	readonly contestant: Contestant;
	readonly cores: Cores | null;
	readonly seed: number;
	/** Of people's devices and lines, where a scenario is about what they feel. */
	readonly slowness: Slowness;
	/** A folder of recorded documents; null makes them up. */
	readonly dataDir: string | null;
	/** Of this run alone; removed when it is over. */
	readonly folder: string;
	/** Shared by all runs of the same server: what is dear to make is made once. */
	readonly storeroom: string;
}

/** One run of one scenario against one server. */
export class Stage {
	readonly contestant: Contestant;
	readonly random: Random;
	readonly #parts: StageParts;
	readonly #servers = new Set<ServerProcess>();
	#clientShare = 0;
	#othersShare = 0;
	#folderCount = 0;

	constructor(parts: StageParts) {
		this.#parts = parts;
		this.contestant = parts.contestant;
		this.random = streamsOf(parts.seed)("people");
	}

	/** The largest part of its core that the client process used while something was measured. */
	get clientShare(): number {
		return this.#clientShare;
	}

	/** The largest part of a core that others used meanwhile. */
	get othersShare(): number {
		return this.#othersShare;
	}

	/** Where recorded documents are; null where there are none. */
	get dataDir(): string | null {
		return this.#parts.dataDir;
	}

	/** How slow people's devices and lines are. */
	get slowness(): Slowness {
		return this.#parts.slowness;
	}

	/** Those that it started. */
	get servers(): readonly ServerProcess[] {
		return Array.from(this.#servers);
	}

	/** What its servers wrote as errors. */
	get complaints(): readonly string[] {
		return Array.from(this.#servers).flatMap(({ complaints }) => complaints);
	}

	/** An empty folder, or one with a copy of what is in `from`. */
	async folder(from?: string): Promise<string> {
		const path = join(this.#parts.folder, `data-${this.#folderCount++}`);
		if (from === undefined) await mkdir(path, { recursive: true });
		else {
			// A server that was killed leaves its socket behind, which nobody can copy.
			await cp(from, path, { recursive: true, filter: (file) => !file.endsWith(".sock") });
		}
		return path;
	}

	/** Where something of that name is kept for all runs of this server. */
	shelf(name: string): string {
		return join(this.#parts.storeroom, `${this.contestant.name}-${name}`.replace(/\W+/g, "-"));
	}

	/** Starts the server. @throws Error with what it wrote, where it does not start */
	async serve(folder?: string, port = 0): Promise<ServerProcess> {
		const server = await this.contestant.system.start(folder ?? (await this.folder()), port);
		this.#servers.add(server);
		return server;
	}

	/** Does something and says what it cost; a trial leaves no warning behind. */
	async watch(server: ServerProcess, work: () => Promise<void>, isTrial = false): Promise<Load> {
		const before = this.#look(server);
		await work();
		const load = loadBetween(before, this.#look(server));
		if (!isTrial) {
			const { client, others } = sharesOf(load);
			this.#clientShare = Math.max(this.#clientShare, client);
			this.#othersShare = Math.max(this.#othersShare, others);
		}
		return load;
	}

	/** Ends all servers and removes what they wrote. */
	async close(): Promise<void> {
		for (const server of this.#servers) if (server.isRunning) await server.kill();
		await rm(this.#parts.folder, { recursive: true, force: true });
	}

	#look(server: ServerProcess): Look {
		const { cores } = this.#parts;
		const { user, system } = process.cpuUsage();
		return {
			atMs: performance.now(),
			server: server.pid === null ? null : used(server.pid),
			clientMs: (user + system) / 1000,
			busyMs: (cores === null ? null : busyMs([cores.server, cores.client])) ?? Number.NaN,
		};
	}
}
