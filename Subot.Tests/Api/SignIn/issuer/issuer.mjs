// An issuer of OpenID Connect on loopback. Whoever it knows signs in with any password; what else they are is written here.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const people = {
  alice: { name: 'Alice Martin', email: 'alice@example.org', groups: ['support-admins', 'engprod'] },
  dana: { name: 'Dana Weiss', email: 'dana@example.org', groups: ['support-agents'] },
  bruno: { name: 'Bruno Petit', email: 'bruno@example.org', groups: ['engprod'] },
  nora: { name: 'Nora Nobody', email: 'nora@example.org', groups: [] },
};

const server = createServer().listen(0, '127.0.0.1', () => {
  const issuer = `http://localhost:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: process.env.CLIENT_ID,
      client_secret: process.env.CLIENT_SECRET,
      grant_types: ['authorization_code', 'client_credentials'],
      redirect_uris: [process.env.REDIRECT_URI],
    }],
    scopes: ['openid', 'profile', 'email', 'groups'],
    claims: { email: ['email'], profile: ['name', 'preferred_username'], groups: ['groups'] },
    cookies: { keys: ['only for tests'] },
    findAccount: (_, id) => people[id] && { accountId: id, claims: () => ({ sub: id, preferred_username: id, ...people[id] }) },
    // Tokens of programs: signed, for the API, with the groups that they ask for by scope.
    features: {
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: () => ({ audience: process.env.CLIENT_ID, accessTokenFormat: 'jwt', scope: 'support-admins engprod', accessTokenTTL: 600 }),
      },
    },
    extraTokenClaims: (_, token) => ({ groups: token.scope ? token.scope.split(' ') : [] }),
  });
  server.on('request', provider.callback());
  console.log(`ready ${issuer}`);
});

process.stdin.resume().on('end', () => process.exit());
