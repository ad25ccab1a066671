/** Who sells: what the law wants on every receipt and report (kassasystemforskrifta § 2-8-4). */
export interface Seller {
	readonly name: string;
	readonly organisationNumber: string;
	readonly vatRegistered: boolean;
	readonly address: readonly string[];
	readonly footer: readonly string[];
}
