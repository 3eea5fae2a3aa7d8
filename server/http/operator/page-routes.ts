/** `/api/admin`: what the page of who runs this server shows and does. Nobody else finds it. */
import { type Context, Hono } from "hono";
import { createMiddleware } from "hono/factory";
import { z } from "zod";
import { WeftError } from "../../../shared/errors.ts";
import {
	type Asked,
	type HerePerson,
	type Page,
	pageRowsMax,
	roomChoices,
	roomOrders,
} from "../../../shared/operator.ts";
import type { RoomRights } from "../../auth/rooms/room-rights.ts";
import type { AppEnv } from "../identity.ts";
import { type AccountDeskParts, operateAccounts } from "./account-desk.ts";
import type { OperatorDesk } from "./desk.ts";
import { operateRooms } from "./room-desk.ts";
import { wordsIn } from "./room-list.ts";

/** What these routes are handed. */
export interface OperatorParts extends AccountDeskParts {
	readonly rights: RoomRights;
	readonly operator: OperatorDesk;
}

const asked = z.object({
	words: z.string().max(200).default(""),
	from: z.coerce.number().int().nonnegative().default(0),
});

const askedRooms = asked.extend({
	order: z.enum(roomOrders).default("changed"),
	isReversed: z.stringbool().default(false),
	choice: z.enum(roomChoices).default("all"),
});

const askedPeople = asked.extend({ room: z.string().exactOptional() });

/** The routes of PROTOCOL.md, "For who runs the server". */
export function operatorRoutes(parts: OperatorParts): Hono<AppEnv> {
	const { operator, accounts } = parts;
	const app = new Hono<AppEnv>();
	app.use("/api/admin/*", onlyOperators);
	app.get("/api/admin/server", async (c) => c.json(await operator.figures()));
	app.get("/api/admin/rooms", async (c) =>
		c.json(await operator.rooms.page(readQuery(c, askedRooms))),
	);
	app.get("/api/admin/people", (c) => {
		const { room, ...wanted } = readQuery(c, askedPeople);
		const isThere = ({ rooms }: HerePerson) =>
			room === undefined || rooms.some((one) => one === room);
		return c.json(pageOf(byName(operator.here().filter(isThere)), wanted, ({ name }) => name));
	});
	app.get("/api/admin/accounts", (c) => {
		const here = new Set(operator.here().map(({ id }) => id));
		const { rows, ...counts } = pageOf(accounts.list(), readQuery(c, asked), ({ name }) => name);
		return c.json({ rows: rows.map((account) => show(account, here)), ...counts });
	});
	const show = operateAccounts(app, parts);
	operateRooms(app, parts);
	return app;
}

/** Who is somebody else finds what they find at any address that is none. */
const onlyOperators = createMiddleware<AppEnv>(async (c, next) => {
	if (c.get("login")?.isAdmin !== true) throw new WeftError("not_found");
	c.header("Cache-Control", "no-store");
	await next();
});

function readQuery<Schema extends z.ZodType>(c: Context, schema: Schema): z.infer<Schema> {
	const parsed = schema.safeParse(c.req.query());
	if (!parsed.success) throw new WeftError("bad_request", parsed.error.issues[0]?.message);
	return parsed.data;
}

function pageOf<Row>(
	all: readonly Row[],
	{ words, from }: Asked,
	textOf: (row: Row) => string,
): Page<Row> {
	const wanted = wordsIn(words);
	const fits = (row: Row) => wanted.every((word) => textOf(row).toLowerCase().includes(word));
	const matching = wanted.length === 0 ? all : all.filter(fits);
	const rows = matching.slice(from, from + pageRowsMax);
	return { rows, matchCount: matching.length, totalCount: all.length };
}

function byName(people: readonly HerePerson[]): HerePerson[] {
	return [...people].sort((one, other) => (one.name < other.name ? -1 : 1));
}
