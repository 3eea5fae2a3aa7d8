import type { Context } from "hono";
import type { z } from "zod";
import { WeftError } from "../../shared/errors.ts";
import type { AppEnv } from "./identity.ts";

/** Largest JSON body of the API. */
const jsonBytesMax = 64 * 1024;

/**
 * The checked JSON body of a request. It may come slowly: who asks is looked at again behind it.
 *
 * @throws WeftError `bad_request`, with what is wrong, `frame_too_big`, or `signed_out`
 */
export async function readJson<Schema extends z.ZodType>(
	c: Context,
	schema: Schema,
): Promise<z.infer<Schema>> {
	const text = await readText(c);
	const askWho: AppEnv["Variables"]["askWho"] = c.get("askWho");
	askWho?.();
	const parsed = schema.safeParse(parse(text));
	if (!parsed.success) throw new WeftError("bad_request", parsed.error.issues[0]?.message);
	return parsed.data;
}

async function readText(c: Context): Promise<string> {
	const reader = c.req.raw.body?.getReader();
	const chunks: Uint8Array[] = [];
	let sizeBytes = 0;
	for (let part = await readPart(reader); part !== undefined; part = await readPart(reader)) {
		sizeBytes += part.length;
		if (sizeBytes > jsonBytesMax) {
			await reader?.cancel();
			throw new WeftError("frame_too_big", `more than ${jsonBytesMax} bytes of JSON`);
		}
		chunks.push(part);
	}
	return Buffer.concat(chunks).toString();
}

/** Who goes away in the middle of a body has asked for nothing: that is no failure of ours. */
async function readPart(
	reader: ReadableStreamDefaultReader<Uint8Array> | undefined,
): Promise<Uint8Array | undefined> {
	try {
		return (await reader?.read())?.value;
	} catch (cause) {
		throw new WeftError("bad_request", "cut off", { cause });
	}
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new WeftError("bad_request", "not JSON", { cause: error });
	}
}
