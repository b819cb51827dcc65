/** An account at Progeny's documented Base URL. */
export const ACCOUNT = {
	baseUrl: 'https://be.progeny.tech/api/v3',
	username: 'clinic',
	password: 'hunter2',
};
