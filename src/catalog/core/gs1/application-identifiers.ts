/**
 * The Application Identifiers of GS1, by the form of what follows them. Facts of the GS1 Barcode Syntax Dictionary (GS1
 * AISBL, Apache License 2.0, snapshot of 2026-07-27), in its notation: N digits, X the 82 characters of ISO/IEC 646 that GS1
 * allows, Y the 39 of them, Z base64url; "N6" that many, "X..20" 1 to 20, "[...]" may be missing; behind a comma what is
 * checked of the part. A leading `*`: of predefined length, so that no separator follows. Of the dictionary's checks those
 * are kept that tell a misread from a good read: check digits, dates and times.
 */
const FORMATS: readonly (readonly [format: string, ais: string])[] = [
	["*N18,csum", "00"],
	["*N14,csum", "01-03"],
	["*N6,yymmd0", "11-13 15-17"],
	["*N2", "20"],
	[
		"*N6",
		"3100-3105 3110-3115 3120-3125 3130-3135 3140-3145 3150-3155 3160-3165 3200-3205 3210-3215 3220-3225 3230-3235 " +
			"3240-3245 3250-3255 3260-3265 3270-3275 3280-3285 3290-3295 3300-3305 3310-3315 3320-3325 3330-3335 3340-3345 " +
			"3350-3355 3360-3365 3370-3375 3400-3405 3410-3415 3420-3425 3430-3435 3440-3445 3450-3455 3460-3465 3470-3475 " +
			"3480-3485 3490-3495 3500-3505 3510-3515 3520-3525 3530-3535 3540-3545 3550-3555 3560-3565 3570-3575 3600-3605 " +
			"3610-3615 3620-3625 3630-3635 3640-3645 3650-3655 3660-3665 3670-3675 3680-3685 3690-3695",
	],
	["*N13,csum", "410-417"],
	["X..2", "7010"],
	["X..3", "427 7008"],
	["X..4", "7041"],
	["X..10", "7009 7255"],
	["X..12", "7005"],
	["X..20", "10 21 22 243 254 420 4318 710-717 7020-7022 7240 8002 8012"],
	["X..25", "7242 8013 8014 8020"],
	["X..28", "235"],
	["X..30", "240 241 250 251 400 401 403 4308 4319 7002 7023 8004 90"],
	["X..34", "8007"],
	["X..35", "4300 4301 4310 4311 4320"],
	["X..40", "7253 7254 7259"],
	["X..50", "8009"],
	["X..70", "4302-4306 4312-4316 7257 8110 8112 8200"],
	["X..90", "7256 91-99"],
	["X2", "4307 4317"],
	["X3", "7258"],
	["X2 X..28", "7230-7239"],
	["Y..30", "8010"],
	["Z..90", "8030"],
	["N1", "4321-4323 7252"],
	["N2", "7241"],
	["N3", "422 424 426"],
	["N4", "3940-3943 8111"],
	["N6", "3950-3955 8005"],
	["N13", "7001"],
	["N15", "8040 8041"],
	["N32", "8042"],
	["N..4", "7004"],
	["N..6", "242"],
	["N..8", "30 37"],
	["N..10", "8019"],
	["N..12", "8011"],
	["N..15", "3900-3909 3920-3929"],
	["N3 N..15", "3910-3919 3930-3939"],
	["N3 X..9", "421"],
	["N3 X..27", "7030-7039"],
	["N3 [N3] [N3] [N3] [N3]", "423 425"],
	["N13,csum [X..17]", "253"],
	["N13,csum [N..12]", "255"],
	["N17,csum", "402"],
	["N18,csum", "8017 8018"],
	["N14,csum N4", "8006 8026"],
	["N1 N13,csum [X..16]", "8003"],
	["N18 [N..2]", "8043"],
	["N10 N10", "4309"],
	["N4 N5 N3 N1 N1", "8001"],
	["N1 X1 X1 X1", "7040"],
	["N6 [X1]", "4330-4333"],
	["N6,yymmdd", "4326 7006"],
	["N6,yymmdd [N6],yymmdd", "7007"],
	["N6,yymmdd [N4],hhmi", "7011"],
	["N6,yymmdd N4,hhmi", "7003"],
	["N6,yymmd0 N4,hhmi", "4324 4325"],
	["N6,yymmdd N2,hh [N2],mi [N2],ss", "8008"],
	["N8,yyyymmdd", "7250"],
	["N8,yyyymmdd N4,hhmi", "7251"],
];

/** What is checked of a part beside its letters and length. */
export const PART_CHECKS = ["csum", "yymmd0", "yymmdd", "yyyymmdd", "hhmi", "hh", "mi", "ss"] as const;

/** One of {@link PART_CHECKS}. */
export type PartCheck = (typeof PART_CHECKS)[number];

/** One part of a value. */
export interface Part {
	readonly letters: "N" | "X" | "Y" | "Z";
	readonly lengthMin: number;
	readonly lengthMax: number;
	readonly isOptional: boolean;
	readonly check: PartCheck | undefined;
}

/** An Application Identifier and the form of its value. */
export interface ApplicationIdentifier {
	readonly ai: string;
	/** The value's length where it is predefined and no separator follows; undefined: it ends at a separator or the end. */
	readonly predefinedLength: number | undefined;
	readonly parts: readonly Part[];
}

const PART = /^(\[?)([NXYZ])(\.\.)?([0-9]+)\]?(?:,([a-z0-9]+))?$/;

const partOf = (text: string): Part => {
	const [, bracket, letters, dots, digits, check] = PART.exec(text) ?? [];
	if (letters !== "N" && letters !== "X" && letters !== "Y" && letters !== "Z") throw new Error(`no part: ${text}`);
	const lengthMax = Number.parseInt(digits ?? "", 10);
	return {
		letters,
		lengthMin: dots === undefined ? lengthMax : 1,
		lengthMax,
		isOptional: bracket === "[",
		check: PART_CHECKS.find((known) => known === check),
	};
};

/** Every AI of a list such as "01-03 3100-3105 7003". */
const spreadOut = (ais: string): string[] =>
	ais.split(" ").flatMap((entry) => {
		const [first = "", last = first] = entry.split("-");
		const from = Number.parseInt(first, 10);
		const count = Number.parseInt(last, 10) - from + 1;
		return Array.from({ length: count }, (_, index) => (from + index).toString().padStart(first.length, "0"));
	});

/** All of them, by their digits. */
export const APPLICATION_IDENTIFIERS: ReadonlyMap<string, ApplicationIdentifier> = new Map(
	FORMATS.flatMap(([format, ais]) => {
		const isPredefined = format.startsWith("*");
		const parts = format.replace("*", "").split(" ").map(partOf);
		const predefinedLength = isPredefined ? parts.reduce((length, part) => length + part.lengthMax, 0) : undefined;
		return spreadOut(ais).map((ai) => [ai, { ai, predefinedLength, parts }] as const);
	}),
);

/** Digits that an AI can have, the fewest first; none is the beginning of another. */
const AI_LENGTHS = [2, 3, 4];

/** The AI that stands at a place of a text; undefined when no known one does. */
export const identifierAt = (text: string, place: number): ApplicationIdentifier | undefined => {
	for (const length of AI_LENGTHS) {
		const found = APPLICATION_IDENTIFIERS.get(text.slice(place, place + length));
		if (found !== undefined) return found;
	}
	return undefined;
};
