-- POST /api/licenze/valida: a key that is active on the device asked about.
-- KEYS names a file with one "key fingerprint" a line.
local pairs_of = {}
for line in io.lines(os.getenv("KEYS")) do
  local key, fingerprint = line:match("^(%S+) (%S+)$")
  pairs_of[#pairs_of + 1] = '{"chiave_licenza":"' .. key .. '","dispositivo":{"impronta":"' .. fingerprint .. '"}}'
end
local thread = 0
function setup(t) t:set("thread", thread); thread = thread + 1 end
function init()
  math.randomseed(os.time() + (thread or 0) * 7919)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
end
function request() return wrk.format(nil, "/api/licenze/valida", nil, pairs_of[math.random(#pairs_of)]) end
