// A Trust's sign-in: the certified `oidc-provider` on loopback. Whoever types a name is that person.
// node trust.mjs CLIENT SECRET ADDRESS-TO-COME-BACK-TO…   Prints its issuer once it listens.

import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'

const { default: Provider } = await import('../../frontend/node_modules/oidc-provider/lib/index.js')
const [client_id, client_secret, ...redirect_uris] = process.argv.slice(2)
const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })

const server = createServer()
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`
  const provider = new Provider(issuer, {
    clients: [{ client_id, client_secret, redirect_uris, grant_types: ['authorization_code'] }],
    jwks: { keys: [{ ...key, use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['a key for this test alone'] },
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email'], profile: ['name'] },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, email: `${sub}@trust.example`, name: sub[0].toUpperCase() + sub.slice(1) }),
    }),
  })
  server.on('request', provider.callback())
  console.log(`issuer ${issuer}`)
})
