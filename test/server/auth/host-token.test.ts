import { expect, test } from "vitest";
import { coversRoom, HostTokens } from "../../../server/auth/host-token.ts";
import { clockStartMs, ManualClock } from "../../fixtures/manual-clock.ts";
import { hostSecret, mintToken } from "../../fixtures/people/host.ts";
import { roomNamed } from "../../fixtures/stored.ts";

const nowSeconds = clockStartMs / 1000;
const ann = { user: "7", name: "Ann", exp: nowSeconds + 60 };

/** Made by another program (hmac and base64 of Python). */
const golden =
	"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9." +
	"eyJ1c2VyIjoiNyIsIm5hbWUiOiJBbm4iLCJyb29tcyI6" +
	"eyJnYXJkZW4iOiJlZGl0b3IifSwiZXhwIjoxNzY3MjI1NjYwfQ." +
	"zP55Fc1IXYsy7cuwfQpY8c86Vsvv52EbXH8uqrgBUmY";

function tokens(clock = new ManualClock()): HostTokens {
	return new HostTokens(hostSecret, clock);
}

test("a token says who somebody is, where they may go, and until when", () => {
	const login = tokens().read(golden);
	expect(login).toMatchObject({
		person: { id: "h_IL3HrnCC0h52dWxAAtApW1", name: "Ann" },
		isAdmin: false,
		untilMs: clockStartMs + 60_000,
		endsAs: "token_over",
	});
	expect(coversRoom(login, roomNamed("garden"))).toBe(true);
	expect(coversRoom(login, roomNamed("shed"))).toBe(false);
	expect(coversRoom(tokens().read(mintToken(ann)), roomNamed("shed"))).toBe(true);
	expect(coversRoom(null, roomNamed("shed"))).toBe(true);
});

test("one person has one id in every token, and no two have the same", () => {
	const idOf = (user: string, name: string) =>
		tokens().read(mintToken({ ...ann, user, name }))?.person.id;
	expect(idOf("7", "Ann")).toBe(idOf("7", "Annie"));
	expect(idOf("7", "Ann")).not.toBe(idOf("8", "Ann"));
	expect(idOf("u_7", "Ann")).toMatch(/^h_[\w-]{22}$/);
});

test("a token holds up to its time, and a little before it begins", () => {
	const clock = new ManualClock();
	const token = mintToken({ ...ann, nbf: nowSeconds + 4 });
	expect(tokens(clock).read(token)).not.toBeNull();
	expect(tokens(clock).read(mintToken({ ...ann, nbf: nowSeconds + 6 }))).toBeNull();
	clock.advance(59_999);
	expect(tokens(clock).read(token)).not.toBeNull();
	clock.advance(1);
	expect(tokens(clock).read(token)).toBeNull();
});

test("what is signed otherwise, or not at all, is nobody's", () => {
	const good = mintToken(ann);
	const [head = "", body = "", mac = ""] = good.split(".");
	const [, otherBody] = mintToken({ ...ann, user: "8" }).split(".");
	for (const forged of [
		`${head}.${otherBody}.${mac}`,
		`${head}.${body}.`,
		`${head}.${body}`,
		`${head}.${body}.${mac.slice(0, -2)}`,
		`${good}.${mac}`,
		`${good}=`.replace(head, `${head}x`),
		mintToken(ann, { alg: "none" }),
		`${mintToken(ann, { alg: "none" }).split(".").slice(0, 2).join(".")}.`,
		mintToken(ann, { alg: "HS512", typ: "JWT" }),
		mintToken(ann, { alg: "RS256", typ: "JWT" }),
		mintToken(ann, { alg: "HS256", crit: ["exp"] }),
		mintToken(ann, {}),
		mintToken(ann, { alg: "HS256" }, "another secret of thirty-two letters"),
		"",
		"..",
		"x.y.z",
		mintToken({ ...ann, name: "A".repeat(5_000) }),
	]) {
		expect(tokens().read(forged), forged.slice(0, 80)).toBeNull();
	}
	expect(tokens().read(good)).not.toBeNull();
});

test("a token that misses something, or says what nobody is, is not taken", () => {
	for (const wrong of [
		{ user: "" },
		{ user: 7 },
		{ name: "" },
		{ name: undefined },
		{ exp: undefined },
		{ exp: "soon" },
		{ rooms: ["garden"] },
		{ rooms: { garden: "viewer", shed: "" } },
		{ rooms: { garden: "king" } },
		{ rooms: { "a/b": "editor" } },
	]) {
		expect(tokens().read(mintToken({ ...ann, ...wrong })), JSON.stringify(wrong)).toBeNull();
	}
	expect(coversRoom(tokens().read(mintToken({ ...ann, rooms: {} })), roomNamed("garden"))).toBe(
		false,
	);
});
