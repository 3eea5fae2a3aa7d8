/** Wires the parts of one server, starts and stops them. */
import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { type Logger, pino } from "pino";
import { belowBase } from "../shared/base-path.ts";
import type { UserId } from "../shared/ids.ts";
import type { Accounts } from "./auth/accounts.ts";
import { HostTokens } from "./auth/host-token.ts";
import { LoginBrake } from "./auth/login-brake.ts";
import { NameTurn } from "./auth/name-turn.ts";
import { openPeople } from "./auth/people.ts";
import { RoomRights } from "./auth/rooms/room-rights.ts";
import { DiskBlobs } from "./blobs/disk-blobs.ts";
import { ImageProcess } from "./blobs/image.ts";
import type { Config } from "./config.ts";
import { createFoldWorker, type FoldWorker } from "./fold/fold-worker.ts";
import { Gateway } from "./gateway/gateway.ts";
import { createApp } from "./http/app.ts";
import { whoUpgrades } from "./http/identity.ts";
import { accountRoutes } from "./http/operator/account-routes.ts";
import { backupRoute } from "./http/operator/backup-route.ts";
import { createDesk, type OperatorDesk } from "./http/operator/desk.ts";
import { openOperatorSocket, operatorSocketPath } from "./http/operator/operator-socket.ts";
import { purgeRoute } from "./http/operator/purge-route.ts";
import { PhotoUploads } from "./http/photo-uploads.ts";
import { ClearedWorks } from "./http/rooms/cleared.ts";
import { Purges } from "./http/rooms/purge.ts";
import { Metrics } from "./metrics.ts";
import { networkAddresses } from "./network.ts";
import { nodeClock } from "./node-clock.ts";
import { Keeper } from "./rooms/keeper.ts";
import { createStamps } from "./rooms/members/roster.ts";
import { Registry } from "./rooms/registry.ts";
import { createScheduler } from "./rooms/scheduler.ts";
import { gatherMsUsual } from "./store/group-commit.ts";
import { type LevelStore, openLevelStore } from "./store/level-store.ts";
import { readVersion } from "./version.ts";
import { clearYoungObjects } from "./young-objects.ts";

/** A server that runs. */
export interface Weft {
	/** For people: `http://localhost:1234`. */
	readonly url: string;
	readonly port: number;
	/** Where other devices reach it, likeliest first; none where it was not started for them. */
	networkUrls(): string[];
	/** Lets nobody in any more, writes what came, tells everybody to come back, and stops. */
	close(): Promise<void>;
}

/** A connection may rest so long: a proxy that keeps it for a minute asks into no closed one. */
const betweenRequestsMsMax = 75_000;

/** Whoever has not said so long what they want goes: nobody is known to hold that place. */
const requestHeadMsMax = 5_000;

/** How often that is looked at. */
const requestHeadLookMs = 1_000;

/** How long `close` waits for requests under way, such as uploads, and for open sockets. */
const closeMsMax = 3_000;

/**
 * Starts a server. `prepare` is waited for when all its parts are there, before anybody can come.
 *
 * @throws StoreOpenError where another process uses the data directory; the system's error where
 * the port is taken
 */
export async function startWeft(
	config: Config,
	prepare: () => Promise<void> = () => Promise.resolve(),
): Promise<Weft> {
	const logger = pino({ level: config.logLevel }, pino.destination(2));
	await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
	const parts = await openParts(config, logger);
	const { app, gateway, registry, keeper, fold, photos, state, hasher } = parts;
	const below = (request: IncomingMessage) => {
		request.url = belowBase(request.url ?? "/", config.base);
		return request;
	};
	await prepare();
	const servers = await listenAll(config, () => {
		const answer = getRequestListener(app.fetch);
		const options = {
			keepAliveTimeout: betweenRequestsMsMax,
			headersTimeout: requestHeadMsMax,
			connectionsCheckingInterval: requestHeadLookMs,
		};
		const server = createServer(options, (request, response) => answer(below(request), response));
		server.on("connection", (stream) => gateway.connected(stream));
		server.on("upgrade", (request, _, head) => gateway.upgrade(below(request), head));
		return server;
	}).catch(async (error: unknown) => {
		await closeStore(parts);
		throw error;
	});
	const closeSocket = await listenToOperator(config, parts, logger);
	keeper.startSweeping();
	const port = servers[0] === undefined ? config.port : portOf(servers[0]);
	state.port = port;
	let closing: Promise<void> | null = null;
	const close = async () => {
		state.isStopping = true;
		gateway.drain();
		const ended = servers.map((server) => endServer(server, () => gateway.close()));
		await registry.drain("stopping");
		await keeper.close();
		await photos.images.close();
		await closeSocket();
		await hasher.close();
		await Promise.all(ended);
		await fold.close();
		await closeStore(parts);
		logger.info("stopped");
	};
	return {
		url: urlOf(hostInUrl(config.host), port, config),
		port,
		networkUrls: () => networkUrls(config, port),
		close: () => {
			closing ??= close();
			return closing;
		},
	};
}

async function openParts(config: Config, logger: Logger) {
	const clock = nodeClock;
	const store = await openStore(config, logger);
	const { records, log } = store;
	const people = await openPeople(config.dataDir, records, clock);
	const { cookies, accounts, invitations, hasher } = people;
	const hostTokens = HostTokens.of(config.tokenSecret, clock);
	const ids = { cookies, accounts, hostTokens, base: config.base };
	const nameOf = (id: UserId) => gateway.nameOf(id) ?? accounts.nameOf(id);
	const rights: RoomRights = new RoomRights({
		...{ records, accounts, clock, nameOf, roomMakers: config.roomMakers },
		here: (room) => gateway.peopleBy(room),
		changed: (room) => {
			registry.reconsider(room);
			operator.rooms.forget();
		},
		knocked: (room) => gateway.knocked(room),
	});
	const reportError = (error: unknown, id?: string) =>
		logger.error({ err: error, id }, "request failed");
	const photos = await openPhotos(config.dataDir, records, reportError);
	const fold = createFoldWorker(clock);
	const metrics: Metrics = new Metrics({
		rooms: () => registry.roomCount,
		sessions: () => gateway.sessionCount,
		outboxBytes: () => gateway.waitingBytes,
	});
	const { keeper, registry }: Rooms = createRooms(config, logger, { store, fold, metrics, rights });
	const gateway: Gateway = new Gateway({
		...{ registry, clock },
		limits: config.gateway,
		identify: (request) => whoUpgrades(request, ids),
		hasGuests: config.hasGuests,
		isTaken: (name) => accounts.isTaken(name),
		access: rights.admit,
		report: (code, room, detail) => {
			metrics.ended(code);
			logger.info({ code, room, detail }, "session ended");
		},
	});
	accounts.onEnd((key) => gateway.endLogin(key));
	const names = new NameTurn(randomBytes, () => gateway.namesHere());
	const state = { isStopping: false, port: config.port };
	const seen = { store, gateway, registry, metrics, accounts };
	const operator: OperatorDesk = await openDesk(config, logger, seen);
	const uploads = { uploads: photos.uploads, clean: fold.clean, reportError };
	const purges = new Purges({ rights, registry, keeper, records, log, clock, ...uploads });
	const cleared = new ClearedWorks({ log, nameOf, clock, findCleared: fold.findCleared });
	const app = createApp({
		...config,
		...ids,
		...photos,
		...{ records, clock, invitations, rights, purges, cleared, reportError, operator },
		brake: new LoginBrake(clock),
		...{ random: randomBytes, newRoomRate: config.gateway.newRoomRate },
		nextName: () => names.next(),
		networkUrls: () => networkUrls(config, state.port),
		rename: (guest) => gateway.rename(guest),
		signedIn: (guest) => gateway.endGuest(guest),
		peopleIn: (room) => registry.peopleIn(room),
		isReady: () => !state.isStopping,
		metrics: () => metrics.read(),
	});
	const onSocket = accountRoutes({ accounts, invitations, reportError });
	onSocket.route("/", backupRoute({ entries: store.entries, reportError }));
	onSocket.route("/", purgeRoute({ purges, reportError }));
	return { app, onSocket, gateway, registry, keeper, store, fold, hasher, photos, state };
}

/** Where photos lie, what makes their sizes, and who takes them in. */
async function openPhotos(
	dataDir: string,
	records: LevelStore["records"],
	reportError: (error: unknown) => void,
) {
	const blobs = await DiskBlobs.open(join(dataDir, "blobs"));
	const images = new ImageProcess({ clock: nodeClock });
	const uploads = new PhotoUploads({ records, blobs, images, clock: nodeClock });
	uploads.sweep().catch(reportError); // What a crash left of purged rooms' photos.
	return { blobs, images, uploads };
}

/** What who runs the server looks at, and acts upon, on its page. */
interface DeskParts extends Pick<RoomsParts, "store" | "metrics"> {
	readonly gateway: Gateway;
	readonly registry: Registry;
	readonly accounts: Accounts;
}

async function openDesk(config: Config, logger: Logger, parts: DeskParts): Promise<OperatorDesk> {
	const { store, gateway, registry, metrics, accounts } = parts;
	const { log, records } = store;
	const version = await readVersion();
	return createDesk({
		...{ config, version, records, log, clock: nodeClock },
		here: () => gateway.everybody(),
		openRooms: () => registry.peopleByRoom(),
		closeRoom: (room) => registry.end(room, "room_closed"),
		noted: (by, act, about) => logger.info({ by, act, about }, "operator"),
		counts: () => ({
			sessionCount: gateway.sessionCount,
			openRoomCount: registry.roomCount,
			accountCount: accounts.count,
			updateCount: metrics.updateCount,
		}),
		reportError: (error) => logger.warn({ err: error }, "the operator's page"),
	});
}

/** What the rooms are made of, besides what the configuration says. */
interface RoomsParts {
	readonly store: LevelStore;
	readonly fold: FoldWorker;
	readonly metrics: Metrics;
	readonly rights: RoomRights;
}

interface Rooms {
	readonly keeper: Keeper;
	readonly registry: Registry;
}

function createRooms(config: Config, logger: Logger, parts: RoomsParts): Rooms {
	const { store, fold, metrics, rights } = parts;
	const clock = nodeClock;
	const report = (error: unknown, room: string | null) =>
		logger.error({ err: error, room }, "room");
	const keeper = new Keeper({
		log: store.log,
		records: store.records,
		clock,
		fold: fold.fold,
		limits: config.compaction,
		report,
	});
	const registry = new Registry({
		log: store.log,
		clock,
		scheduler: createScheduler(clearYoungObjects),
		stamp: createStamps(clock),
		keeper,
		limits: config.registry,
		observe: metrics,
		began: async (room, writer) => {
			if (!writer.mayOwn) return;
			await rights.began(room, { id: writer.userId, name: writer.stamp(null).name });
		},
		...(config.isHealing && {
			healed: (relayed, room) => logger.warn({ ...relayed, room }, "took what others wrote"),
		}),
		report,
	});
	return { keeper, registry };
}

type Parts = Awaited<ReturnType<typeof openParts>>;

/** Who runs the server is heard while it runs; where that cannot be, only while it does not. */
async function listenToOperator(
	{ dataDir }: Config,
	{ onSocket }: Parts,
	logger: Logger,
): Promise<() => Promise<void>> {
	const path = operatorSocketPath(dataDir);
	try {
		if (path === null) throw new Error("the path of the data folder is too long for a socket");
		return await openOperatorSocket(path, onSocket);
	} catch (error) {
		logger.warn({ err: error }, "npm run user, backup and purge work only while it is stopped");
		return () => Promise.resolve();
	}
}

function openStore({ dataDir, historyMs, acceptDamage }: Config, logger: Logger) {
	return openLevelStore({
		directory: join(dataDir, "store"),
		clock: nodeClock,
		historyMs,
		gatherMsMax: gatherMsUsual,
		acceptDamage,
		writable: (failure) => {
			if (failure === null) logger.info("the store takes writes again");
			else logger.error({ err: failure }, "the store takes no writes");
		},
	});
}

/** Listens on every address of the configured host, all on one port. */
async function listenAll(config: Config, create: () => Server): Promise<Server[]> {
	const [first = "", ...others] =
		config.host === "localhost" ? ["127.0.0.1", "::1"] : [config.host];
	const server = await listen(create(), config.port, first);
	const port = portOf(server);
	const servers = [server];
	for (const host of others) {
		try {
			servers.push(await listen(create(), port, host));
		} catch (error) {
			// No IPv6 on this machine; or any port was asked for, and this one is taken there.
			const { code } = error as NodeJS.ErrnoException;
			const isExpected = code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT";
			if (!isExpected && !(code === "EADDRINUSE" && config.port === 0)) {
				await Promise.all(servers.map((one) => endServer(one)));
				throw error;
			}
		}
	}
	return servers;
}

function listen(server: Server, port: number, host: string): Promise<Server> {
	return new Promise((resolve, reject) => {
		server.once("error", reject);
		server.listen(port, host, () => {
			server.off("error", reject);
			resolve(server);
		});
	});
}

function portOf(server: Server): number {
	return (server.address() as AddressInfo).port;
}

/** Resolves when the server holds no connection any more; they are cut after a while. */
function endServer(server: Server, cutUpgraded: () => void = () => undefined): Promise<void> {
	return new Promise((resolve) => {
		const cut = setTimeout(() => {
			server.closeAllConnections();
			cutUpgraded();
		}, closeMsMax);
		server.close(() => {
			clearTimeout(cut);
			resolve();
		});
		server.closeIdleConnections();
	});
}

function networkUrls(config: Config, port: number): string[] {
	if (!config.isOnNetwork) return [];
	return networkAddresses(networkInterfaces()).map((host) => urlOf(host, port, config));
}

/** For people: without a slash where there is no path. */
function urlOf(host: string, port: number, { base }: Config): string {
	return `http://${host}:${port}${base === "/" ? "" : base}`;
}

/** An IPv6 address stands in brackets; all addresses at once are shown as this machine. */
function hostInUrl(host: string): string {
	if (host === "0.0.0.0" || host === "::") return "localhost";
	return host.includes(":") ? `[${host}]` : host;
}

async function closeStore({ store }: Pick<Parts, "store">) {
	await store.records.close();
	await store.log.close();
}
