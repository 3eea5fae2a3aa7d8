import { expect, test } from "vitest";
import { ConfigError, readConfig } from "../../server/config.ts";

const read = (env: Record<string, string>, ...args: string[]) =>
	readConfig({ env, args, cwd: "/srv", webDir: "/app" });

test("without any setting a server listens on localhost:1234 and keeps ./data", () => {
	expect(read({})).toMatchObject({
		port: 1234,
		host: "localhost",
		dataDir: "/srv/data",
		historyMs: 30 * 24 * 60 * 60 * 1000,
		acceptDamage: false,
	});
});

test("settings are taken, and --lan listens on every address", () => {
	const config = read({ PORT: "0", WEFT_DATA: "x", WEFT_LIMITS: "off", WEFT_LOG: "" }, "--lan");
	expect(config).toMatchObject({
		port: 0,
		host: "0.0.0.0",
		isOnNetwork: true,
		dataDir: "/srv/x",
		logLevel: "info",
	});
	expect(config?.gateway).toMatchObject({
		frameRate: null,
		socketsPerAddressMax: null,
		connectionsPerAddressMax: null,
	});
	expect(read({})?.gateway.frameRate).not.toBeNull();
});

test("the path that a proxy shows it under has a slash at both ends", () => {
	expect(read({})?.base).toBe("/");
	expect(read({ WEFT_BASE: "weft" })?.base).toBe("/weft/");
	expect(read({ WEFT_BASE: "/a/b.c/" })?.base).toBe("/a/b.c/");
	for (const path of ['/"><script>', "/a b/", "/a//b/", "/a;b/", "https://x.org/weft"]) {
		expect(() => read({ WEFT_BASE: path }), path).toThrow(/WEFT_BASE/);
	}
});

test("a server heals where it is told to, or where its data lost their end", () => {
	expect(read({})?.isHealing).toBe(false);
	expect(read({ WEFT_HEAL: "on" })).toMatchObject({ isHealing: true, acceptDamage: false });
	expect(read({ WEFT_DAMAGE: "accept" })?.isHealing).toBe(true);
});

test("guests come in and nobody signs up by themselves, unless it is said", () => {
	expect(read({})).toMatchObject({ hasGuests: true, signUp: "off", roomMakers: "anyone" });
	expect(read({ WEFT_ROOMS: "members" })).toMatchObject({ roomMakers: "members" });
	const members = read({ WEFT_GUESTS: "off", WEFT_SIGNUP: "invite" });
	expect(members).toMatchObject({ hasGuests: false, signUp: "invite" });
	expect(read({})?.tokenSecret).toBeNull();
	expect(() => read({ WEFT_TOKEN_SECRET: "short" })).toThrow(/WEFT_TOKEN_SECRET/);
	expect(() => read({ WEFT_SIGNUP: "yes" })).toThrow(/WEFT_SIGNUP/);
	expect(() => read({ WEFT_GUESTS: "no" })).toThrow(/WEFT_GUESTS/);
});

test("nobody frames a page who is not named, and only origins can be", () => {
	expect(read({})?.frameAncestors).toEqual([]);
	const hosts = ["'self'", "https://wiki.example.org", "http://*.example.org:8080"];
	expect(read({ WEFT_FRAME_ANCESTORS: ` ${hosts.join("  ")} ` })?.frameAncestors).toEqual(hosts);
	const wrong = [
		...["*", "https:", "wiki.example.org", "https://a.example/path", "https://a.example;"],
		...["'none'", "'unsafe-inline'", "https://a.example,https://b.example", "javascript:x"],
		"https://a.example\u0000",
	];
	for (const host of wrong) {
		expect(() => read({ WEFT_FRAME_ANCESTORS: host }), host).toThrow(/WEFT_FRAME_ANCESTORS/);
	}
});

test("changes over HTTP are limited, by a number that can be set", () => {
	expect(read({})?.changeRate).toEqual({ perSecond: 20, burst: 600 });
	expect(read({ WEFT_CHANGES: "3" })?.changeRate).toEqual({ perSecond: 3, burst: 90 });
	expect(read({ WEFT_CHANGES: "3", WEFT_LIMITS: "off" })?.changeRate).toBeNull();
	expect(() => read({ WEFT_CHANGES: "0" })).toThrow(/WEFT_CHANGES/);
});

test("new rooms of who is not signed in are limited", () => {
	expect(read({})?.gateway.newRoomRate).toEqual({ perSecond: 1, burst: 600 });
	expect(read({ WEFT_LIMITS: "off" })?.gateway.newRoomRate).toBeNull();
	expect(read({})?.gateway.newIdRate).toEqual({ perSecond: 1, burst: 10_000 });
	expect(read({ WEFT_LIMITS: "off" })?.gateway.newIdRate).toBeNull();
});

test("browsers keep the app, unless they are told to forget it", () => {
	expect(read({})?.isAppKept).toBe(true);
	expect(read({ WEFT_APP_COPY: "off" })?.isAppKept).toBe(false);
});

test("a server makes itself fast before it listens, unless it is told not to", () => {
	expect(read({})?.isWarmedUp).toBe(true);
	expect(read({ WEFT_WARM_UP: "off" })?.isWarmedUp).toBe(false);
});

test("a wrong setting is named in a sentence", () => {
	for (const env of [{ PORT: "x" }, { PORT: "-1" }, { PORT: "70000" }, { WEFT_LIMITS: "no" }]) {
		expect(() => read(env)).toThrow(ConfigError);
		expect(() => read(env)).toThrow(Object.keys(env)[0] ?? "");
	}
	expect(() => read({}, "--lam")).toThrow(/--help/);
});

test("the help page starts nothing", () => {
	expect(read({ PORT: "7" }, "--help")).toBeNull();
});
