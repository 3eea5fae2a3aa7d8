/** Runs the server under test: its directory, its process, and what it says and takes. */
import { rmSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as Y from "yjs";
import type { Clock, Millis } from "../../../shared/clock.ts";
import type { RoomName } from "../../../shared/ids.ts";
import type { Journal } from "../journal.ts";
import type { Random } from "../random.ts";
import type { Ending, Identity, ServerProcess, System } from "../systems/system.ts";
import { tryByteFlip } from "./damage.ts";
import { type Figures, keptTooMuch, readFigures } from "./figures.ts";
import { readRoom } from "./read-room.ts";
import { trySecond } from "./refusals.ts";

/** What a host is made of. */
export interface HostParts {
	readonly system: System;
	readonly clock: Clock;
	/** Told what happens to the server. */
	readonly journal: Journal;
	readonly random: Random;
}

/** From SIGTERM to the end. */
const stopMsMax: Millis = 30_000;
/** Who reads rooms for the harness. */
const reader = "reader";

/** Directories in use: who is told to end in the midst of a run must leave none behind. */
const folders = new Set<string>();

process.on("exit", () => {
	const options = { recursive: true, force: true, maxRetries: 5 };
	for (const folder of folders) rmSync(folder, options);
});

/** See the head of this file. */
export class Host {
	readonly #parts: HostParts;
	readonly #identities = new Map<string, Promise<Identity>>();
	readonly #complaints: string[] = [];
	/** All that were started; the last one may run. */
	readonly #processes: ServerProcess[] = [];
	/** Ends that were asked for. */
	readonly #endsAwaited = new Set<ServerProcess>();
	#folder: string | null = null;
	#before: Figures | null = null;
	/** Whose cookie rooms are read with; null for a guest's. */
	#readerCookie: string | null = null;

	constructor(parts: HostParts) {
		this.#parts = parts;
	}

	/** The server; null where none was started yet. It may have ended. */
	get server(): ServerProcess | null {
		return this.#processes.at(-1) ?? null;
	}

	/** What no fault explains: errors in its log, an end of its own, clients that fell over. */
	get complaints(): readonly string[] {
		return [...this.#complaints, ...this.#processes.flatMap(({ complaints }) => complaints)];
	}

	/** Notes what the harness saw. */
	complain(complaint: string): void {
		this.#complaints.push(complaint);
		this.#parts.journal.tell("note", complaint);
	}

	/** Starts the server on its directory, where none runs. Null, or why it does not start. */
	async start(): Promise<string | null> {
		if (this.server?.isRunning) return null;
		const { system, clock, journal } = this.#parts;
		const startMs = clock.elapsed();
		try {
			const server = await system.start(await this.#directory(), 0);
			this.#processes.push(server);
			void server.ended.then((ending) => this.#ended(server, ending));
			this.#before = server.pid === null ? null : await readFigures(server.pid);
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			journal.tell("server", `the server does not start: ${message}`);
			return message;
		}
		journal.tell("server", `the server started in ${Math.round(clock.elapsed() - startMs)} ms`);
		return null;
	}

	/** SIGKILL. */
	async kill(): Promise<void> {
		const { server } = this;
		if (server === null) return;
		this.#endsAwaited.add(server);
		await server.kill();
		this.#parts.journal.tell("server", "the server was killed");
	}

	/** SIGTERM. Null where it ended well, else what was wrong. */
	async stop(): Promise<string | null> {
		const { server } = this;
		if (server === null) return null;
		this.#endsAwaited.add(server);
		const ending = await server.stop();
		const how = `${ending.code ?? ending.signal} in ${Math.round(ending.ms)} ms`;
		const say = `ended at SIGTERM with ${how}`;
		this.#parts.journal.tell("server", `the server ${say}`);
		return isGood(ending) ? null : say;
	}

	/** SIGSTOP, and after so long SIGCONT. */
	pause(ms: Millis): void {
		const { server } = this;
		if (!server?.isRunning) return;
		server.pause();
		this.#parts.clock.after(ms, () => server.resume());
	}

	/** What the server is sent with a user's connections. */
	headersOf(user: string): Promise<Readonly<Record<string, string>>> {
		if (this.server === null) throw new Error("no server was started");
		return this.#headersFrom(this.server, user);
	}

	/** From now on rooms are read as who has that cookie: not everybody may come in. */
	readAs(cookie: string): void {
		this.#readerCookie = cookie;
	}

	/** A room as the server that runs gives it. @throws Error where it is refused */
	read(room: RoomName): Promise<Y.Doc> {
		const { server } = this;
		if (server === null) throw new Error("no server was started");
		return this.#readFrom(server, room);
	}

	/** A second server on the same directory: null where it refuses and the first goes on. */
	async trySecond(): Promise<string | null> {
		const { system, journal } = this.#parts;
		const wrong = await trySecond(system, await this.#directory());
		journal.tell("note", wrong ?? "a second server refused to start");
		if (wrong === null && !this.server?.isRunning) return "the first server ended of it";
		return wrong;
	}

	/** A flipped byte in a copy of the directory, while the server is down. */
	async tryByteFlip(rooms: readonly RoomName[]): Promise<string | null> {
		const { system, random, journal } = this.#parts;
		return tryByteFlip({
			system,
			random,
			rooms,
			directory: await this.#directory(),
			read: (server, room) => this.#readFrom(server, room),
			tell: (say) => journal.tell("note", say),
		});
	}

	/** Null where memory and files are back near where they were at its start, else what is not. */
	async checkFigures(): Promise<string | null> {
		const pid = this.server?.pid ?? null;
		const now = pid === null ? null : await readFigures(pid);
		return this.#before === null || now === null ? null : keptTooMuch(this.#before, now);
	}

	/** Kills the server and removes its directory. */
	async end(): Promise<void> {
		const { server } = this;
		if (server?.isRunning && server.pid !== null) await this.kill();
		if (this.#folder === null) return;
		await rm(this.#folder, { recursive: true, force: true });
		folders.delete(this.#folder);
		this.#folder = null;
	}

	async #headersFrom(
		server: ServerProcess,
		user: string,
	): Promise<Readonly<Record<string, string>>> {
		const held = this.#identities.get(user) ?? server.identify(user);
		this.#identities.set(user, held);
		try {
			return (await held).headers;
		} catch (error) {
			// Asked of a server that was just killed: the next one is asked again.
			this.#identities.delete(user);
			throw error;
		}
	}

	async #readFrom(server: ServerProcess, room: RoomName): Promise<Y.Doc> {
		const { clock, system } = this.#parts;
		const cookie = this.#readerCookie;
		const headers = cookie === null ? await this.#headersFrom(server, reader) : { cookie };
		return readRoom({ server, room, clock, headers, isWhole: system.dialect === "weft" });
	}

	async #directory(): Promise<string> {
		this.#folder ??= await mkdtemp(join(tmpdir(), "converge-real-"));
		folders.add(this.#folder);
		const directory = join(this.#folder, "data");
		await mkdir(directory, { recursive: true });
		return directory;
	}

	#ended(server: ServerProcess, { code, signal }: Ending): void {
		if (this.#endsAwaited.has(server)) return;
		this.complain(`the server ended by itself with ${code ?? signal}`);
	}
}

/** A server without a word for SIGTERM ends by it, and may. */
function isGood({ code, signal, ms }: Ending): boolean {
	return ms <= stopMsMax && (code === 0 || (code === null && signal === "SIGTERM"));
}
