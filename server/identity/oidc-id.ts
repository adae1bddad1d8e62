/** The id of the one provider: in addresses, and in the database beside what it calls people. */
export const OIDC_ID = 'oidc';
