-- POST /api/licenze/attiva: a random key, a new device every time. Keys with few devices fill up and
-- then answer 409, as in the reference; give them enough. KEYS names a file with one key a line first.
local keys = {}
for line in io.lines(os.getenv("KEYS")) do keys[#keys + 1] = line:match("^(%S+)") end
local thread = 0
function setup(t) t:set("thread", thread); thread = thread + 1 end
function init()
  math.randomseed(os.time() * 1000 + (thread or 0) * 7919)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
end
function request()
  local fingerprint = string.format("%08x%08x%08x%08x", math.random(0, 0x7fffffff), math.random(0, 0x7fffffff), math.random(0, 0x7fffffff), os.time())
  return wrk.format(nil, "/api/licenze/attiva", nil,
    '{"chiave_licenza":"' .. keys[math.random(#keys)] .. '","dispositivo":{"impronta":"' .. fingerprint .. '"}}')
end
