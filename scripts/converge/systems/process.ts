/** Server processes: started, watched, and ended by signals, whatever server it is. */
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { complaintsMax, type Ending, type ServerProcess, stopMsMax } from "./system.ts";

/** How long a server may take until it says that it listens. */
const readyMsMax = 30_000;
/** A complaint is cut behind so many characters. */
const complaintLengthMax = 2_000;
/** What is kept of both streams, for who wants to know why it did not start. */
const outputLengthMax = 10_000;
/** Ports are free when they are asked for, and may be somebody's a moment later. */
const portTriesMax = 5;

/** What is started, and how it says that it listens. */
export interface Launch {
	/** Arguments of Node, the script among them. */
	readonly args: readonly string[];
	readonly cwd?: string;
	readonly env: Readonly<Record<string, string>>;
	/** Its ready line on stdout. A first group that holds digits is the port it listens on. */
	readonly ready: RegExp;
	/** Where it listens, unless the ready line says it. */
	readonly port: number;
	/** How long behind its ready line it may still end of what it finds in its directory. */
	readonly settleMs?: number;
	/** False for entries of stderr that are no errors. */
	readonly isComplaint?: (entry: string) => boolean;
	/** Writes its stderr to ours too. */
	readonly isEchoed?: boolean;
}

/** A process that listens, or has ended since: what a server under test has of one. */
export type Process = Pick<
	ServerProcess,
	"port" | "isRunning" | "complaints" | "ended" | "kill" | "stop" | "pause" | "resume"
> & { readonly pid: number };

/** What servers are started with: nothing, or a command that runs another. */
let launcher: readonly string[] = [];
/** Options of Node for all of them. */
let nodeOptions: readonly string[] = [];

/**
 * From now on servers are started by this command, which becomes them: `taskset -c 0`; and with
 * these options of Node.
 */
export function startServersBehind(
	command: readonly string[],
	options: readonly string[] = [],
): void {
	launcher = command;
	nodeOptions = options;
}

/** All that run: who starts servers and ends must leave none behind, least of all a paused one. */
const running = new Set<ChildProcess>();

process.on("exit", () => {
	for (const child of running) child.kill("SIGKILL");
});

/**
 * Starts a server with Node; resolves at its ready line.
 *
 * @throws Error with what it wrote, where it ends before, or is not ready in time
 */
export async function startProcess(launch: Launch): Promise<Process> {
	const node = [process.execPath, ...nodeOptions, ...launch.args];
	const [command = process.execPath, ...args] = [...launcher, ...node];
	const child = spawn(command, args, {
		env: { ...outerEnv(), ...launch.env },
		stdio: ["ignore", "pipe", "pipe"],
		...(launch.cwd === undefined ? {} : { cwd: launch.cwd }),
	});
	running.add(child);
	const watched = new Watched(child, launch);
	try {
		await watched.listens();
	} catch (error) {
		await watched.kill();
		throw error;
	}
	return watched;
}

/**
 * Calls `start` with a port: the given one, or free ones for as long as others take them first.
 *
 * @throws Error as `start` does
 */
export async function onPort<T>(port: number, start: (port: number) => Promise<T>): Promise<T> {
	if (port !== 0) return start(port);
	for (let tryIndex = 1; ; tryIndex++) {
		try {
			return await start(await freePort());
		} catch (error) {
			if (tryIndex >= portTriesMax || !String(error).includes("EADDRINUSE")) throw error;
		}
	}
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer().once("error", reject);
		server.listen(0, "127.0.0.1", () => {
			const address = server.address();
			const port = typeof address === "object" && address !== null ? address.port : 0;
			server.close(() => resolve(port));
		});
	});
}

/**
 * Ours without what npm, Vitest and `npm run` of this project put there: it would change how a
 * server behaves. Weft's own setting of the pool of threads is none of the others.
 */
function outerEnv(): NodeJS.ProcessEnv {
	const ours = /^(npm_|VITEST|NODE_ENV$|NODE_OPTIONS$|TEST$|UV_THREADPOOL_SIZE$)/i;
	const isOuter = (name: string) => !ours.test(name);
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => isOuter(name)));
}

class Watched implements Process {
	readonly complaints: string[] = [];
	readonly ended: Promise<Ending>;
	readonly #child: ChildProcess;
	readonly #launch: Launch;
	readonly #gone: Promise<{ code: number | null; signal: string | null }>;
	#port: number;
	#isRunning = true;
	/** When the first signal to end was sent. */
	#toldMs: number | null = null;
	#output = "";
	#errors = "";

	constructor(child: ChildProcess, launch: Launch) {
		this.#child = child;
		this.#launch = launch;
		this.#port = launch.port;
		this.#gone = new Promise((resolve) => {
			child.once("exit", (code, signal) => resolve({ code, signal }));
			child.once("error", () => resolve({ code: null, signal: null }));
		});
		this.ended = this.#gone.then((how) => {
			this.#isRunning = false;
			running.delete(child);
			const ms = this.#toldMs === null ? 0 : performance.now() - this.#toldMs;
			return { ms, ...how };
		});
		child.stdout?.setEncoding("utf8").on("data", (text: string) => this.#keep(text));
		child.stderr?.setEncoding("utf8").on("data", (text: string) => this.#hearErrors(text));
		child.stderr?.once("end", () => this.#splitErrors(true));
	}

	get port(): number {
		return this.#port;
	}

	get pid(): number {
		return this.#child.pid ?? 0;
	}

	get isRunning(): boolean {
		return this.#isRunning;
	}

	/** Resolves at the ready line. */
	async listens(): Promise<void> {
		let timer: NodeJS.Timeout | undefined;
		const ready = new Promise<void>((resolve, reject) => {
			this.#child.stdout?.on("data", () => {
				const found = this.#launch.ready.exec(this.#output);
				if (found === null) return;
				if (found[1] !== undefined) this.#port = Number(found[1]);
				if (this.#launch.settleMs === undefined) resolve();
				else setTimeout(resolve, this.#launch.settleMs);
			});
			const fail = (how: string) => reject(new Error(`The server ${how}.\n${this.#output}`));
			this.#child.once("error", (error) => fail(`could not be started: ${error.message}`));
			// The streams are read to their end first: what it wrote says why.
			this.#child.once("close", (code) => fail(`ended with ${code} before it was ready`));
			timer = setTimeout(() => fail(`was not ready in ${readyMsMax} ms`), readyMsMax);
		});
		return ready.finally(() => clearTimeout(timer));
	}

	async kill(): Promise<void> {
		this.#tell("SIGKILL");
		await this.ended;
	}

	async stop(): Promise<Ending> {
		this.#tell("SIGTERM");
		// One that was paused would never hear it.
		this.resume();
		const late = setTimeout(() => this.#child.kill("SIGKILL"), stopMsMax);
		return this.ended.finally(() => clearTimeout(late));
	}

	pause(): void {
		if (this.#isRunning) this.#child.kill("SIGSTOP");
	}

	resume(): void {
		if (this.#isRunning) this.#child.kill("SIGCONT");
	}

	#tell(signal: NodeJS.Signals): void {
		if (!this.#isRunning) return;
		this.#toldMs ??= performance.now();
		this.#child.kill(signal);
	}

	#keep(text: string): void {
		this.#output = (this.#output + text).slice(-outputLengthMax);
	}

	#hearErrors(text: string): void {
		if (this.#launch.isEchoed) process.stderr.write(text);
		this.#keep(text);
		this.#errors += text;
		this.#splitErrors(false);
	}

	/** An entry is a line with the indented ones below it: a stack, the inside of an object. */
	#splitErrors(isEnd: boolean): void {
		const entries = this.#errors.split(/\n(?![\s}\]])/);
		// What follows the last whole line may belong to it.
		this.#errors = isEnd ? "" : (entries.pop() ?? "").slice(-complaintLengthMax);
		for (const entry of entries) {
			const text = entry.trim();
			if (text === "" || nodeWarnings.test(text)) continue;
			if (this.#launch.isComplaint?.(text) === false) continue;
			if (this.complaints.length === complaintsMax) return;
			this.complaints.push(text.slice(0, complaintLengthMax));
		}
	}
}

/** What Node says of itself, and no server can help. */
const nodeWarnings = /^\(node:\d+\) (\[\w+\] )?(Deprecation|Experimental)Warning|^\(Use `node --/;
