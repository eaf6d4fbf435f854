-- PUT /api/licenze/posti/{id}: heartbeats of seats that are out, or, with TAKE=1, POST
-- /api/licenze/posti by a new device every time. SEATS names a file with one "key id" a line.
local seats = {}
for line in io.lines(os.getenv("SEATS")) do
  local key, id = line:match("^(%S+) (%S+)$")
  seats[#seats + 1] = { key = key, id = id }
end
local takes = os.getenv("TAKE") == "1"
local thread = 0
function setup(t) t:set("thread", thread); thread = thread + 1 end
function init()
  math.randomseed(os.time() * 1000 + (thread or 0) * 7919)
  wrk.headers["Content-Type"] = "application/json"
end
function request()
  local seat = seats[math.random(#seats)]
  if takes then
    local fingerprint = string.format("%08x%08x%08x", math.random(0, 0x7fffffff), math.random(0, 0x7fffffff), os.time())
    return wrk.format("POST", "/api/licenze/posti", nil,
      '{"chiave_licenza":"' .. seat.key .. '","dispositivo":{"impronta":"' .. fingerprint .. '"}}')
  end
  return wrk.format("PUT", "/api/licenze/posti/" .. seat.id, nil, '{"chiave_licenza":"' .. seat.key .. '"}')
end
