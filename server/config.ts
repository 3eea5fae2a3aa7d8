/** The environment and the command line, read once and checked, as one frozen object. */
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { cleanBase } from "../shared/base-path.ts";
import type { Millis } from "../shared/clock.ts";

/** How often something may happen. */
export interface Rate {
	readonly perSecond: number;
	/** As many may come at once after a rest. */
	readonly burst: number;
}

/** Bounds of the gateway. Null lifts a limit. */
export interface GatewayLimits {
	/** Frames of one socket. */
	readonly frameRate: Rate | null;
	readonly socketsPerAddressMax: number | null;
	/** All connections of a network, whatever they are for; not those of a proxy here. */
	readonly connectionsPerAddressMax: number | null;
	/** New rooms into which one network comes that is not signed in. */
	readonly newRoomRate: Rate | null;
	/** Yjs client ids that one network may bring into rooms. Null lifts the limit. */
	readonly newIdRate: Rate | null;
	readonly socketsMax: number;
	/** Bytes that may wait for one client; with more it is sent no updates until it has read them. */
	readonly outboxBytesMax: number;
}

/** Bounds of the rooms in memory. */
export interface RegistryLimits {
	/** How long an empty room stays in memory, for those who only reload the page. */
	readonly roomIdleMs: Millis;
	readonly openRoomsMax: number;
	/** Docs in memory, as updates; beyond this those go that nobody has written to for a while. */
	readonly docBytesMax: number;
	readonly membersPerRoomMax: number;
}

/** Bounds that say when a tail is long enough to be folded. */
export interface CompactionLimits {
	/** Bytes of updates since the last compaction, while people write. */
	readonly tailBytesMax: number;
	/** Updates since then: each is a frame to who joins a cold room. */
	readonly tailUpdatesMax: number;
	/** The same when the room is left: small tails may stay. */
	readonly restingTailBytesMax: number;
}

/** Everything that can be set about a server. */
export interface Config {
	/** 0 takes any free port. */
	readonly port: number;
	/** `localhost` listens on 127.0.0.1 and ::1. */
	readonly host: string;
	/** True where other devices shall come in: their way is printed. */
	readonly isOnNetwork: boolean;
	/** The path under which browsers see this server, with a slash at both ends. */
	readonly base: string;
	readonly dataDir: string;
	/** Where the built app lies. */
	readonly webDir: string;
	/** How long each single change is kept after compaction. */
	readonly historyMs: Millis;
	/** Whether everybody sees all rooms of the server, or only those they have been to. */
	readonly isListing: boolean;
	/** False to have browsers forget the copy of the app that they keep to open offline. */
	readonly isAppKept: boolean;
	/** False to listen at once, without what makes the first hour as fast as the second. */
	readonly isWarmedUp: boolean;
	/** True to open data whose newest part is damaged, without that part. */
	readonly acceptDamage: boolean;
	/** True to take what a member brings of somebody else's: the server lost it. */
	readonly isHealing: boolean;
	/** Who may make an account of their own. */
	readonly signUp: SignUp;
	/** False where only those come in who sign in. */
	readonly hasGuests: boolean;
	/** Who may begin rooms: everybody who is let in, or those who sign in. */
	readonly roomMakers: RoomMakers;
	/** By which a host application signs who people are; null where none does. */
	readonly tokenSecret: string | null;
	/** Whose pages may show ours in a frame, as a Content-Security-Policy names them. */
	readonly frameAncestors: readonly string[];
	/** Changes over HTTP that one address may make. Null lifts the limit. */
	readonly changeRate: Rate | null;
	readonly logLevel: LogLevel;
	readonly gateway: GatewayLimits;
	readonly registry: RegistryLimits;
	readonly compaction: CompactionLimits;
}

const logLevels = ["silent", "error", "warn", "info", "debug"] as const;
/** How much is logged, to stderr. */
export type LogLevel = (typeof logLevels)[number];

const signUps = ["off", "invite", "open"] as const;
/** Who may make an account: only the operator, who has an invitation, or everybody. */
export type SignUp = (typeof signUps)[number];

const roomMakers = ["anyone", "members"] as const;
/** Who may begin rooms. */
export type RoomMakers = (typeof roomMakers)[number];

/** A setting that cannot be used, in a sentence for who starts the server. */
export class ConfigError extends Error {
	override readonly name = "ConfigError";
}

/** What `npm start -- --help` prints. */
export const help = `weft: a room in which people write, draw, talk and share photos

  npm start               listen on http://localhost:1234
  npm start -- --lan      listen on the network too: prints address and QR code
  npm start -- --help     this page

Environment:
  PORT           1234        port; 0 takes any free one
  HOST           localhost   address to listen on; localhost is 127.0.0.1 and ::1
  WEFT_BASE      /           path under which a proxy shows it: /weft/
  WEFT_DATA      ./data      directory of everything that is kept
  WEFT_HISTORY   30          days for which each single change is kept
  WEFT_LISTING   off         shows each person the rooms that this device was in, and their own; on
                             shows everybody who is let in all rooms that they may enter
  WEFT_GUESTS    on          off lets in only those who sign in (npm run user -- add ann)
  WEFT_ROOMS     anyone      members lets only those begin rooms who sign in; to all others a room
                             that is not there is one that they may not enter
  WEFT_SIGNUP    off         invite, or open: who may make an account of their own, besides you
  WEFT_TOKEN_SECRET          32 characters or more, known to a web application of yours too: it
                             may say who people are, by a token (see README.md)
  WEFT_APP_COPY  on          off has browsers forget the app that they keep to open offline
  WEFT_WARM_UP   on          off listens at once: those who come first wait for the compiler
  WEFT_DAMAGE    refuse      accept opens damaged data once, without what cannot be read
  WEFT_HEAL      off         on lets members bring back what others wrote and this server lost
                             (a restored backup); each such change is logged
  WEFT_CHANGES   20          changes over HTTP that one address may make a second (a name, a room; a
                             photo is four), and 30 times as many at once
  WEFT_FRAME_ANCESTORS       origins whose pages may show Weft in a frame, with spaces between
  WEFT_LIMITS    on          off lifts the limits of rate and per address (load tests)
  WEFT_LOG       info        silent, error, warn, info or debug; to stderr, one JSON a line

Stop it with SIGTERM or Ctrl+C: it finishes what it writes and tells everybody to come back.
`;

const dayMs: Millis = 24 * 60 * 60 * 1000;

/** Frames a second that one socket may send: a replayed session, not a person. */
const frameRate = { perSecond: 5_000, burst: 20_000 };

/** Changes that may come at once, by those of a second: a class that shares its photos. */
const changeBurstSeconds = 30;

/** Sockets of one address: a school behind one router. */
const socketsPerAddressMax = 1_000;

/** Each has the six connections beside it that a browser opens, and one to spare. */
const connectionsPerAddressMax = 8 * socketsPerAddressMax;

/** A room that nobody was in before: a school begins its lessons; a day of more fills no disk. */
const newRoomRate = { perSecond: 1, burst: 600 };

/**
 * Each page that writes brings one, and a room's state vector carries it for ever. At once as many
 * as one update may bring (a room that another server kept), then those of a school that reloads.
 */
const newIdRate = { perSecond: 1, burst: 10_000 };

/** Sockets of the whole server: about 200 MB of buffers. */
const socketsMax = 20_000;

/** Ten seconds of fifty people who type at once, each letter a frame; a resync costs little. */
const outboxBytesMax = 4 * 1024 * 1024;

const registry: RegistryLimits = {
	// Long enough to reload a page or change trains, short enough to free memory.
	roomIdleMs: 30_000,
	openRoomsMax: 20_000,
	// A doc takes ten to twenty times the bytes of its update: half a gigabyte.
	docBytesMax: 32 * 1024 * 1024,
	membersPerRoomMax: 5_000,
};

const compaction: CompactionLimits = {
	// A joiner of a cold room reads all of the tail; 256 KiB take a few milliseconds.
	tailBytesMax: 256 * 1024,
	tailUpdatesMax: 2_000,
	restingTailBytesMax: 4 * 1024,
};

/** What the process was started with. */
export interface Surroundings {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly args: readonly string[];
	readonly cwd: string;
	readonly webDir: string;
}

/**
 * Reads the configuration; null where only the help page is wanted.
 *
 * @throws ConfigError with a sentence that names what is wrong
 */
export function readConfig({ env, args, cwd, webDir }: Surroundings): Config | null {
	const flags = readFlags(args);
	if (flags.help) return null;
	const acceptDamage = choice(env, "WEFT_DAMAGE", ["refuse", "accept"] as const) === "accept";
	const isHealing = choice(env, "WEFT_HEAL", ["off", "on"] as const) === "on";
	const isLimited = choice(env, "WEFT_LIMITS", ["on", "off"] as const) === "on";
	return Object.freeze({
		port: whole(env, "PORT", { fallback: 1234, max: 65_535 }),
		host: flags.lan ? "0.0.0.0" : (env["HOST"] ?? "localhost"),
		isOnNetwork: flags.lan,
		base: readBase(env["WEFT_BASE"]),
		dataDir: resolve(cwd, env["WEFT_DATA"] ?? join(cwd, "data")),
		webDir,
		historyMs: whole(env, "WEFT_HISTORY", { fallback: 30, max: 36_500 }) * dayMs,
		isListing: choice(env, "WEFT_LISTING", ["off", "on"] as const) === "on",
		isAppKept: choice(env, "WEFT_APP_COPY", ["on", "off"] as const) === "on",
		isWarmedUp: choice(env, "WEFT_WARM_UP", ["on", "off"] as const) === "on",
		acceptDamage,
		// Data without its end has lost what members hold, as a restored backup has.
		isHealing: isHealing || acceptDamage,
		signUp: choice(env, "WEFT_SIGNUP", signUps),
		tokenSecret: readSecret(env["WEFT_TOKEN_SECRET"]),
		hasGuests: choice(env, "WEFT_GUESTS", ["on", "off"] as const) === "on",
		roomMakers: choice(env, "WEFT_ROOMS", roomMakers),
		frameAncestors: readAncestors(env["WEFT_FRAME_ANCESTORS"]),
		changeRate: isLimited ? readChangeRate(env) : null,
		logLevel: choice(env, "WEFT_LOG", logLevels, "info"),
		gateway: {
			frameRate: isLimited ? frameRate : null,
			socketsPerAddressMax: isLimited ? socketsPerAddressMax : null,
			connectionsPerAddressMax: isLimited ? connectionsPerAddressMax : null,
			newRoomRate: isLimited ? newRoomRate : null,
			newIdRate: isLimited ? newIdRate : null,
			socketsMax,
			outboxBytesMax,
		},
		registry,
		compaction,
	});
}

function readFlags(args: readonly string[]): { help: boolean; lan: boolean } {
	try {
		const { values } = parseArgs({
			args: [...args],
			options: { help: { type: "boolean", short: "h" }, lan: { type: "boolean" } },
		});
		return { help: values.help ?? false, lan: values.lan ?? false };
	} catch (error) {
		throw new ConfigError(`${(error as Error).message} Try --help.`);
	}
}

/** Plain letters only: it goes into a page, a cookie and a proxy's configuration. */
function readBase(path = ""): string {
	const base = cleanBase(path);
	if (/^\/([\w.~-]+\/)*$/.test(base)) return base;
	throw new ConfigError(`WEFT_BASE must be a path such as /weft/, not "${path}".`);
}

/** Plain origins only: what stands here goes into a header of every page. */
function readAncestors(text = ""): string[] {
	const sources = text.split(/\s+/).filter((source) => source !== "");
	for (const source of sources) {
		if (/^('self'|https?:\/\/(\*\.)?[\w.-]+(:(\d+|\*))?)$/.test(source)) continue;
		throw new ConfigError(
			`WEFT_FRAME_ANCESTORS must be origins such as https://wiki.example.org, not "${source}".`,
		);
	}
	return sources;
}

function readChangeRate(env: Surroundings["env"]): Rate {
	const perSecond = whole(env, "WEFT_CHANGES", { fallback: 20, max: 100_000 });
	if (perSecond === 0) throw new ConfigError("WEFT_CHANGES must be 1 or more.");
	return { perSecond, burst: perSecond * changeBurstSeconds };
}

/** As long as the hash that it keys (RFC 7518, section 3.2). */
function readSecret(text = ""): string | null {
	if (text === "") return null;
	if (text.length >= 32) return text;
	throw new ConfigError("WEFT_TOKEN_SECRET must have 32 characters or more.");
}

function whole(
	env: Surroundings["env"],
	name: string,
	{ fallback, max }: { readonly fallback: number; readonly max: number },
): number {
	const text = env[name];
	if (text === undefined || text === "") return fallback;
	const value = Number(text);
	if (Number.isInteger(value) && value >= 0 && value <= max) return value;
	throw new ConfigError(`${name} must be a whole number from 0 to ${max}, not "${text}".`);
}

function choice<const Values extends readonly string[]>(
	env: Surroundings["env"],
	name: string,
	values: Values,
	fallback: Values[number] | undefined = values[0],
): Values[number] {
	const text = env[name];
	const found = values.find((value) => value === text);
	if (found !== undefined) return found;
	if ((text === undefined || text === "") && fallback !== undefined) return fallback;
	throw new ConfigError(`${name} must be one of ${values.join(", ")}, not "${text}".`);
}
